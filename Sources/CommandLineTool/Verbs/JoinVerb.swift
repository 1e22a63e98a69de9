internal import Artifacts
internal import Diagnostics
internal import Executors
internal import FileSystem
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Slurm

/// A worker of a submission: the job script of an array's element becomes this.
enum JoinVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "join", "work for a submission (started by the cluster)", positionals: [.init("FOLDER")],
    options: [
      .store, .init("--class", "NAME", "whose resources this worker has"),
      .init("--memory-level", "N", "how often its memory was doubled"),
      .init("--minutes", "N", "its time limit"),
      .init("--keeper", nil, "look after the other workers instead"),
    ], isInternal: true)

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    guard let submission = Submission(opening: Path(arguments.positionals[0])) else {
      throw VerbFailure("there is no submission in \(arguments.positionals[0])", .usage)
    }
    let store = try tool.store(arguments)
    let experiment = try submission.request.read()
    var index = StoreIndex(store)
    var plan = try PlanBuilder.build(
      experiment, registry: tool.registry, selection: submission.request.selection)
    // All workers of a submission need the same.
    let lease = RunLease(
      store, keys: plan.jobs.map(\.recipe.key), group: submission.leaseGroup)
    plan.kernel = tool.kernel
    plan.consult(&index)
    let cluster = try Cluster(submission, experiment, store, tool)
    let member = SubmissionMember(
      submission, plan: plan, settings: cluster.settings, store: store,
      seat: WorkerSeat(
        tool.environment, minutes: try arguments.integer("--minutes", atLeast: 1)),
      className: arguments.value("--class") ?? "",
      memoryLevel: try arguments.integer("--memory-level", atLeast: 0) ?? 0, program: tool.program)
    if arguments.has("--keeper") {
      return try Keeper(cluster: cluster, member: member).run(plan, index)
    }
    return try work(plan, index, lease, member, cluster, tool)
  }

  private static func work(
    _ plan: Plan, _ index: StoreIndex, _ lease: RunLease?, _ member: SubmissionMember,
    _ cluster: Cluster, _ tool: Tool
  ) throws -> ExitCode {
    let log = WorkerLog(plan, tool.output)
    log.greet(tool.environment)
    let runner = JobRunner(
      registry: tool.registry, store: cluster.store, environment: Provenance.environment(tool))
    let settings = LocalExecutor.Settings(
      jobs: member.cores, worker: .own(name: tool.program.description))
    var executor = LocalExecutor(
      plan: plan, index: index, runner: runner, settings: settings, lease: lease, team: member,
      onEvent: { log.show($0) })
    let summary = try executor.run()
    log.end(summary)
    if summary.open == 0 { lease?.end() }
    if summary.signal == SIGUSR1 { return makeWay(summary, log, tool) }
    if summary.signal != nil { return .terminated }
    if summary.open > 0 {
      member.leave()
      if member.leavesGreedyJobs || member.leavesOthersWork() {
        try Keeper(cluster: cluster, member: member).replenish(log)
      }
    }
    return summary.failed.isEmpty ? .done : .jobFailed
  }

  /// Goes back into the queue; where that is not allowed, the keeper finds what is left.
  private static func makeWay(
    _ summary: RunSummary, _ log: WorkerLog, _ tool: Tool
  ) -> ExitCode {
    guard summary.open > 0 else { return .done }
    guard let job = tool.environment["SLURM_JOB_ID"] else { return .terminated }
    do {
      try SlurmJob.requeue(job)
      log.say("back into the queue, to go on from the checkpoints")
      // Slurm ends this process now.
      sleep(120)
    } catch {
      log.say("cannot go back into the queue: \(error)")
    }
    return .terminated
  }
}

extension Submission {
  /// Under which its workers together keep what they need from being removed.
  var leaseGroup: String { "submission-\(name)" }
}
