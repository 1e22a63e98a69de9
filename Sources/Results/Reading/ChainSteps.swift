internal import Artifacts
internal import ContentHash
internal import Pipeline
internal import Values

/// How many steps of chains, all replicas together, stand behind results.
struct ChainSteps {
  let plan: Plan
  let store: Store
  private var known: [Digest: (steps: Int, inputs: [Digest])] = [:]

  init(_ plan: Plan, _ store: Store) {
    self.plan = plan
    self.store = store
  }

  /// Of each job of these stages that has results.
  mutating func points(of stages: [String]) -> FolderContents.Points {
    var points: FolderContents.Points = [:]
    for stage in plan.stages where stages.contains(stage.name) {
      for job in plan.jobs[stage.jobs] {
        guard let record = job.record else { continue }
        points[plan.name(of: job)] = steps(behind: record.key)
      }
    }
    return points
  }

  /// Of an artifact and all that it is made from, each once.
  private mutating func steps(behind key: Digest) -> Int {
    var open = [key]
    var seen: Set<Digest> = [key]
    var steps = 0
    while let next = open.popLast() {
      let own = read(next)
      steps += own.steps
      open += own.inputs.filter { seen.insert($0).inserted }
    }
    return steps
  }

  private mutating func read(_ key: Digest) -> (steps: Int, inputs: [Digest]) {
    if let own = known[key] { return own }
    let metadata = try? store.metadata(of: key)
    let replicas = max(metadata?.highlights["replicas"]?.integer ?? 1, 1)
    let steps = (metadata?.length ?? 0).multipliedReportingOverflow(by: replicas)
    let own = (
      steps: steps.overflow ? 0 : steps.partialValue, inputs: metadata?.inputs.map(\.key) ?? []
    )
    known[key] = own
    return own
  }
}
