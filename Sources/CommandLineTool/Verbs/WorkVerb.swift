internal import Artifacts
internal import CLinux
internal import ContentHash
internal import Diagnostics
internal import Executors
internal import FileSystem
internal import Glibc
internal import Pipeline
internal import Synchronization
internal import Values

/// Whether a signal asked this worker to end. A handler may touch nothing but an atomic.
private let stopRequested = Atomic<Bool>(false)

/// Does one job in this process; started by the executor.
enum WorkVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "work", "do one job (started by `slmc run`)", positionals: [.init("JOB.json")],
    options: [.store, .init("--memory", "BYTES", "limit of the address space")], isInternal: true)

  /// Ends the process with a code that is between it and its executor.
  private static func replaced(_ tool: Tool) -> ExitCode {
    tool.errors.print("error: \(ProgramFile.Replaced())")
    exit(ProgramFile.replacedCode)
  }

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    _ = slmc_die_with_parent()
    slmc_adopt_strays()
    for number in [SIGTERM, SIGINT] {
      _ = signal(number) { _ in stopRequested.store(true, ordering: .relaxed) }
    }
    if let bytes = try arguments.integer("--memory", atLeast: 1) {
      var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
    let store = try tool.store(arguments)
    let path = Path(arguments.positionals[0])
    guard let job = JobDescription(try Value(json: try path.read())) else {
      throw VerbFailure("\(path) does not describe a job", .usage)
    }
    guard job.build == ProgramFile.own(name: "").build else { return replaced(tool) }
    guard let kind = tool.registry[job.recipe.kind] else {
      throw VerbFailure("this slmc has no stage kind `\(job.recipe.kind)`", .usage)
    }
    guard job.recipe.version == kind.declaration.version else {
      throw VerbFailure(
        "\(path) is of version \(job.recipe.version) of `\(job.recipe.kind)`, this slmc has version "
          + "\(kind.declaration.version): start the run again", .usage)
    }
    guard job.isConsistent(with: kind.declaration) else {
      throw VerbFailure("the parameters in \(path) are not those of its recipe", .usage)
    }
    tool.output.print("\(job.label): \(job.recipe.kind), recipe \(job.recipe.key.short)")
    let progress = ProgressLog(ProgressFile(store, key: job.recipe.key))
    var environment = Provenance.environment(tool)
    // What a person typed, not how this worker was started.
    if !job.command.isEmpty { environment["command"] = .text(job.command) }
    let runner = JobRunner(
      registry: tool.registry, store: store, environment: environment,
      report: { progress.write($0) }, shouldStop: { stopRequested.load(ordering: .relaxed) })
    do {
      let made = try runner.stage(job, equal: nil)
      _ = try store.commit([made])
      CheckpointSlots(store, family: job.recipe.family).clear()
      tool.output.print(
        "committed \(made.metadata.bytes) bytes, content \(made.metadata.content.short)")
      return .done
    } catch is Interrupted {
      tool.output.print("asked to end: a checkpoint holds what was done")
      return .terminated
    }
  }
}
