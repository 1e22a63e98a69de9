internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Slurm

enum SubmitVerb: Verb {
  static let declaration = VerbDeclaration(
    "submit", "do what is missing on a Slurm cluster",
    details: """
      Submits ordinary job arrays whose elements take the next job that is ready from the store, each
      under a lease, until none is left; no process has to stay. The profile's `slurm` part says what
      to ask the cluster for. Submitting again adds only the workers that are missing, and tries again
      what failed.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--dry-run", nil, "print the scripts instead of submitting them"), .quiet,
    ],
    examples: [
      "slmc submit experiments/attention-depth.yaml --profile cluster --dry-run",
      "slmc submit experiments/attention-depth.yaml --profile cluster",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.clusterExperiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    var index = StoreIndex(store)
    let plan = try tool.plan(experiment, arguments, &index)
    if plan.counts.run + plan.counts.extend == 0 {
      tool.output.print("\(experiment.name): all \(plan.jobs.count) jobs are cached, nothing to do")
      return .done
    }
    try plan.tooLarge(.error, room: MemoryRoom.room(of: experiment)).throwIfErrors()
    let cluster = try Cluster(experiment, arguments, store, tool)
    if arguments.has("--dry-run") {
      cluster.showScripts(plan, index)
      return .done
    }
    var history = PlanHistory(store, experiment: experiment)
    history.remember(plan)
    let outcome = try cluster.submit(plan, index)
    if !arguments.has("--quiet") { cluster.tell(outcome) }
    return .done
  }
}

extension Tool {
  /// An experiment whose profile has a cluster; with a single such profile none need be named.
  func clusterExperiment(_ arguments: Arguments) throws -> Experiment {
    let experiment = try experiment(arguments)
    if experiment.cluster != nil { return experiment }
    var problems = experiment.problems
    try experiment.sources.reduce(problems) { $0.quoting($1) }.throwIfErrors()
    problems.append(
      .error(
        arguments.value("--profile").map { "the profile `\($0)` has no `slurm` part" }
          ?? "`submit` needs a profile with a `slurm` part: --profile NAME",
        hint: "as in profiles: {cluster: {slurm: {partition: main, time: 60, memory: 2000}}}; "
          + "`slmc explain slurm` has all fields"))
    throw problems
  }

  func overrides(_ arguments: Arguments) throws -> Overrides {
    Overrides(
      profile: arguments.value("--profile"),
      settings: try arguments.pairs("-S").map { (path: $0.0, value: $0.1) })
  }
}
