public import Artifacts
internal import ContentHash

extension Plan {
  /// Finds for jobs that are not done what an earlier, shorter run left: the cached beginning of a chain
  /// that is being extended, and whatever was made from that. Nothing is built on it; it is for whoever
  /// looks on meanwhile.
  public mutating func findPrefixes(_ index: inout StoreIndex) {
    for place in jobs.indices where !jobs[place].isDone {
      let job = jobs[place]
      if case .extend(_, let key) = job.action {
        jobs[place].prefix = index.artifact(key)
        continue
      }
      let made = job.inputs.map { jobs[Int($0)].record }
      guard made.allSatisfy({ $0 != nil }), job.inputs.contains(where: { !jobs[Int($0)].isDone })
      else { continue }
      let old = job.recipe
      let recipe = Recipe(
        kind: old.kind, version: old.version, groups: old.groups,
        inputs: zip(job.recipe.inputs, made).compactMap { input, record in
          record.map { Recipe.Input(slot: input.slot, key: $0.key) }
        }, seed: old.seed, length: old.length, goal: old.goal)
      jobs[place].prefix =
        index.artifact(recipe.key)
        ?? index.lengths(of: recipe.family).last.flatMap { index.artifact($0.key) }
    }
  }
}

extension Plan {
  /// How much there is of the chain behind a job of which only an earlier, shorter run is there.
  public func prefix(of job: PlannedJob) -> (steps: Int, wanted: Int)? {
    guard !job.isDone, let record = job.prefix else { return nil }
    if let wanted = job.recipe.length, (0..<wanted).contains(record.length) {
      return (record.length, wanted)
    }
    return job.inputs.lazy.compactMap { prefix(of: jobs[Int($0)]) }.first
  }
}

extension PlannedJob {
  /// What there is of the job: its artifact, or the one of an earlier, shorter run.
  public var record: IndexRecord? {
    if case .reuse(let record) = action { record } else { prefix }
  }
}
