internal import Artifacts
internal import Diagnostics
internal import Executors
internal import FileSystem
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Results
internal import Values

enum RunVerb: Verb {
  static let declaration = VerbDeclaration(
    "run", "do what is missing; the same command resumes after an interruption",
    details: """
      Ends with 0; with 5 when all is done but a chain that was to run `until` a target did not reach
      it; with 1 when a job failed; with 2, before anything starts, when a job would need more memory
      than there is; with 130 or 143 when it was interrupted.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--jobs", "N", "jobs at a time (default: the cores of this machine)"),
      .init("--memory", "MB", "address space that one job may use"),
      .init("--fail-fast", nil, "stop at the first failure instead of going on with the rest"),
      .json, .quiet,
    ],
    examples: [
      "slmc run experiments/quickstart.yaml",
      "slmc run experiments/quickstart.yaml -S system.temperature=0.1 --jobs 2",
      "slmc run experiments/quickstart.yaml --only model.shells=1 --until model",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    // Before anything is planned or printed.
    let jobs = try arguments.integer("--jobs", atLeast: 1)
    let memory = try arguments.integer("--memory", atLeast: 1)
    let experiment = try tool.experiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    // Also when there is nothing to do: what killed instances left is nobody else's to remove.
    store.sweepScratch()
    LeaseBook(store).sweep()
    var index = StoreIndex(store)
    let (plan, lease) = try tool.planToRun(experiment, arguments, &index)
    defer { lease?.release() }
    let counts = plan.counts
    guard counts.run + counts.extend > 0 else {
      let missed = MissedTargets(plan, store)
      report(plan, nil, missed, arguments, tool)
      return missed.jobs.isEmpty ? .done : .inconclusive
    }
    try plan.tooLarge(.error, room: MemoryRoom.room(of: experiment, limit: memory))
      .throwIfErrors()
    // Only now: who has nothing to do need not wait for a second start.
    try tool.settleKernel()
    if experiment.cluster != nil {
      let cluster = try Cluster(experiment, arguments, store, tool)
      return try ClusterRun(cluster: cluster, plan: plan, arguments: arguments).run(index)
    }
    var history = PlanHistory(store, experiment: experiment)
    history.remember(plan)
    let runner = JobRunner(
      registry: tool.registry, store: store, environment: Provenance.environment(tool))
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let display = RunDisplay(plan, tool, arguments, index, store, jobs: jobs ?? cores)
    display.begin()
    let settings = LocalExecutor.Settings(
      jobs: jobs ?? cores,
      failFast: arguments.has("--fail-fast"),
      memoryLimit: memory.map { $0.multipliedReportingOverflow(by: 1_000_000) }.flatMap {
        $0.overflow ? nil : $0.partialValue
      },
      worker: .own(name: tool.program.description))
    var executor = LocalExecutor(
      plan: plan, index: index, runner: runner, settings: settings, lease: lease,
      onEvent: { display.show($0) })
    let summary = try executor.run()
    display.end(summary)
    let missed = MissedTargets(plan, store)
    report(plan, summary, missed, arguments, tool)
    return exitCode(summary, missed)
  }

  private static func exitCode(_ summary: RunSummary, _ missed: MissedTargets) -> ExitCode {
    if summary.signal == SIGINT { return .interrupted }
    if summary.signal != nil { return .terminated }
    guard summary.failed.isEmpty else { return .jobFailed }
    return missed.jobs.isEmpty ? .done : .inconclusive
  }

  private static func report(
    _ plan: Plan, _ summary: RunSummary?, _ missed: MissedTargets, _ arguments: Arguments,
    _ tool: Tool
  ) {
    if arguments.has("--json") {
      let record: Record = [
        "event": "summary", "reused": .integer(plan.counts.reuse - (summary?.reopened ?? 0)),
        "made": .integer(summary?.made ?? 0), "adopted": .integer(summary?.adopted ?? 0),
        "shared": .integer(summary?.shared ?? 0),
        "failed": .integer(summary?.failed.count ?? 0),
        "skipped": .integer(summary?.skipped.count ?? 0),
        "notConverged": .list(missed.jobs.map { .text($0.name) }),
      ]
      tool.output.print(Value.record(record).json())
    } else if summary == nil && !arguments.has("--quiet") {
      tool.output.print(
        "\(plan.experiment.name): all \(plan.jobs.count) jobs are cached, nothing to do")
    }
    guard !arguments.has("--json") else { return }
    for line in missed.lines { tool.output.print(line) }
  }
}
