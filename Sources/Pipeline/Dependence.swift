public import Artifacts
internal import Manifest
internal import Values

/// What a stage rests on besides its recipe.
public struct Dependence: Sendable {
  /// What was found of it.
  public let surroundings: Surroundings
  /// In words, as in "the program python3".
  public let name: String
  /// Whether it belongs to the system. What the system updates from time to time is only mentioned; a
  /// program of one's own was edited on purpose, and what it made is made again.
  public let isOfSystem: Bool

  /// Something outside that results rest on.
  public init(_ surroundings: Surroundings, name: String, isOfSystem: Bool) {
    self.surroundings = surroundings
    self.name = name
    self.isOfSystem = isOfSystem
  }
}

extension Plan {
  /// Compares what cached artifacts were made with to what is found today. After `consult`; not on the
  /// nodes of a cluster, which may each have something else.
  public mutating func compareSurroundings(_ registry: StageRegistry, _ store: Store) {
    var found: [[Int32]: Dependence?] = [:]
    var mentioned: Set<String> = []
    for place in jobs.indices {
      guard case .reuse(let record) = jobs[place].action, record.surroundings != 0,
        let today = dependence(of: jobs[place], registry, &found),
        today.surroundings.tag != record.surroundings,
        let change = change(in: record, to: today, store)
      else { continue }
      if today.isOfSystem {
        let stage = stages[jobs[place].stage].name
        let notice = "\(stage): \(change) since it was made; it is used as it is"
        if mentioned.insert(notice).inserted { notices.append(notice) }
      } else {
        jobs[place].outdated = .init(record: record, change: change)
        jobs[place].action = .run
      }
    }
  }

  /// Jobs of one kind whose own groups are equal depend on the same.
  private func dependence(
    of job: PlannedJob, _ registry: StageRegistry, _ found: inout [[Int32]: Dependence?]
  ) -> Dependence? {
    let stage = stages[job.stage]
    let own = Set(stage.declaration.groups.map(\.name))
    let key = zip(stage.roles, job.groups).filter { own.contains($0.0) }.map(\.1)
    if let known = found[key] { return known }
    let answer = registry[job.recipe.kind]?.surroundings(of: parameters(of: job))
    found[key] = answer
    return answer
  }

  /// nil where the index was wrong about it.
  private func change(in record: IndexRecord, to today: Dependence, _ store: Store) -> String? {
    guard let before = (try? store.metadata(of: record.key))?.surroundings else { return nil }
    let parts = today.surroundings.changes(since: before)
    guard !parts.isEmpty else { return nil }
    return "\(today.name) changed" + (parts == ["packages"] ? " in its packages" : "")
  }
}
