import Artifacts
import Executors
import FileSystem
import Manifest
import Pipeline
import ScratchFolders
import Theories
import Values

/// A manifest, a store, and one executor's run over them, with everything that it told.
final class Execution {
  let scratch: ScratchFolder
  let store: Store
  private(set) var told: [String] = []

  init(_ manifest: String) throws {
    scratch = try ScratchFolder()
    try scratch.write(manifest, to: "e.yaml")
    store = try Store(scratch.path / "store")
  }

  func plan() throws -> Plan {
    var plan = try PlanBuilder.build(
      ExperimentReader.read(scratch.path / "e.yaml"), registry: .standard)
    var index = StoreIndex(store)
    plan.consult(&index)
    return plan
  }

  /// - Parameter onEvent: called after each event was noted in `told`.
  @discardableResult
  func run(
    jobs: Int = 2, failFast: Bool = false, memoryLimit: Int? = nil,
    worker: ProgramFile = ProgramFile(BuiltProgram.path),
    onEvent: @escaping (String) -> Void = { _ in }
  ) throws -> RunSummary {
    told = []
    let plan = try plan()
    var executor = LocalExecutor(
      plan: plan, index: StoreIndex(store),
      runner: JobRunner(registry: .standard, store: store, environment: [:]),
      settings: .init(
        jobs: jobs, failFast: failFast, memoryLimit: memoryLimit, worker: worker),
      onEvent: { event in
        guard let text = Self.text(event, in: plan) else { return }
        self.told.append(text)
        onEvent(text)
      })
    return try executor.run()
  }

  private static func text(_ event: Event, in plan: Plan) -> String? {
    func name(_ job: Int) -> String { plan.name(of: plan.jobs[job]) }
    return switch event {
    case .began(let job): "began \(name(job))"
    case .progressed: nil
    case .finished(let job, let origin, _): "\(origin.rawValue) \(name(job))"
    case .failed(let job, let reason, let lines):
      "failed \(name(job)): \(reason): \(lines.joined(separator: "/"))"
    case .skipped(let job): "skipped \(name(job))"
    case .waiting(let job, _): "waiting \(name(job))"
    case .reopened(let job): "reopened \(name(job))"
    case .interrupted: "interrupted"
    }
  }

  /// What a job printed.
  func log(_ name: String) throws -> String {
    let plan = try plan()
    for job in plan.jobs where plan.name(of: job) == name {
      return try store.log(of: job.recipe.key).readText()
    }
    return ""
  }

  /// Scratch folders, leases and progress that a finished run must not leave behind.
  var leftovers: [String] {
    ["tmp", "leases"].flatMap { (try? (store.root / $0).names()) ?? [] }
      .filter { !$0.hasSuffix(".holder") }
  }
}

/// Commands of a shell as stages: name, script, inputs.
func shell(_ stages: (name: String, script: String, needs: String)...) -> String {
  let lines = stages.map { stage in
    "  \(stage.name): {kind: command, needs: {\(stage.needs)}, with: {run: [sh, -c, \"\(stage.script)\"], outputs: [out]}}"
  }
  return "slmc: 1\nexperiment: e\nstages:\n" + lines.joined(separator: "\n")
}
