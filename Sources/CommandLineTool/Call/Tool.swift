internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Stages

/// What a verb may use of the world: passed in, so that nothing below reads it for itself.
struct Tool: Sendable {
  let theories: TheoryBook
  let registry: StageRegistry
  let output: Terminal
  let errors: Terminal
  let environment: [String: String]
  /// This program, to start workers with.
  let program: Path
  let commandLine: [String]
  /// Whether this process is the program, and may start itself anew.
  let isMain: Bool

  /// The store that the command line, the environment or the manifest's folder names.
  func store(_ arguments: Arguments, near experiment: Experiment? = nil) throws -> Store {
    let root =
      arguments.value("--store").map { Path($0) }
      ?? environment["SLMC_STORE"].map { Path($0) }
      ?? (experiment?.projectFolder ?? Path(".")) / ".slmc"
    return try store(at: root)
  }

  func store(at root: Path) throws(StoreError) -> Store {
    let crash = environment["SLMC_CRASH_AT"]
    return try Store(
      root,
      onStep: { step in
        // For tests of kill safety: ends the process as a power cut would, between two steps.
        if crash == step.rawValue { killThisProcess() }
      }, judge: { [registry] in ArtifactAudit.doubt(of: $0, registry) })
  }

  func experiment(_ arguments: Arguments) throws -> Experiment {
    let experiment = try ExperimentReader.read(
      Path(arguments.positionals[0]),
      overrides: try overrides(arguments))
    // Errors are for the plan, which finds more of them; a warning stops nothing and is said once.
    let warnings = Diagnostics(experiment.problems.found.filter { $0.severity == .warning })
    warn(of: experiment.sources.reduce(warnings) { $0.quoting($1) }, arguments)
    return experiment
  }

  func warn(of warnings: Diagnostics, _ arguments: Arguments) {
    guard !warnings.isEmpty && !arguments.has("--quiet") else { return }
    errors.print(DiagnosticRenderer(coloured: errors.isColoured).render(warnings))
  }

  func selection(_ arguments: Arguments) throws -> Selection {
    Selection(
      only: try arguments.pairs("--only").map { (axis: $0.0, value: $0.1) },
      until: arguments.value("--until"))
  }

  /// The experiment that the arguments name, its store, and its plan against it.
  func planned(
    _ arguments: Arguments
  ) throws -> (experiment: Experiment, store: Store, plan: Plan) {
    let experiment = try experiment(arguments)
    let store = try store(arguments, near: experiment)
    var index = StoreIndex(store)
    var plan = try plan(experiment, arguments, &index)
    plan.findPrefixes(&index)
    return (experiment, store, plan)
  }

  /// The plan of an experiment against a store.
  func plan(
    _ experiment: Experiment, _ arguments: Arguments, _ index: inout StoreIndex
  ) throws -> Plan {
    var plan = try bare(experiment, arguments)
    plan.consult(&index)
    return plan
  }

  /// The plan before it looks at any store.
  private func bare(_ experiment: Experiment, _ arguments: Arguments) throws -> Plan {
    var plan = try PlanBuilder.build(
      experiment, registry: registry, selection: try selection(arguments))
    plan.kernel = kernel
    return plan
  }

  /// The plan for a run: what it needs is said before the store is looked at, so that nobody removes what
  /// was found, and what was made with other programs than today's is to be made again.
  func planToRun(
    _ experiment: Experiment, _ arguments: Arguments, _ index: inout StoreIndex
  ) throws -> (plan: Plan, lease: RunLease?) {
    var plan = try bare(experiment, arguments)
    var keys = Set(plan.jobs.map(\.recipe.key))
    var lease = RunLease(index.store, keys: keys)
    plan.consult(&index)
    let more = plan.keysFound.subtracting(keys)
    if !more.isEmpty {
      keys.formUnion(more)
      lease = RunLease(index.store, keys: keys)
      plan.consult(&index)
    }
    plan.compareSurroundings(registry, index.store)
    return (plan, lease)
  }

  /// The numerical kernel of jobs: chains of another one are not continued.
  var kernel: String {
    let pinned =
      (try? KernelChoice(environment)) == .native ? nil : NumericalLibraries.portableKernel
    return pinned ?? NumericalLibraries.kernel
  }
}
