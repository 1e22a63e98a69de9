public import Artifacts
internal import ContentHash

extension Plan {
  /// Looks up which jobs the store already answers.
  public mutating func consult(_ index: inout StoreIndex) {
    for place in jobs.indices {
      jobs[place].action = Self.action(for: jobs[place].recipe, in: &index)
    }
    distrustUndescribed(index)
  }

  /// An input whose description was tampered with is made again; jobs come after their inputs.
  private mutating func distrustUndescribed(_ index: StoreIndex) {
    var checked: Set<Int> = []
    for place in jobs.indices.reversed() where !jobs[place].isDone {
      for input in jobs[place].inputs.map(Int.init) where checked.insert(input).inserted {
        guard case .reuse(let record) = jobs[input].action else { continue }
        if !index.isDescribed(record) { jobs[input].action = .run }
      }
    }
  }

  static func action(for recipe: Recipe, in index: inout StoreIndex) -> PlannedJob.Action {
    if let record = index.artifact(recipe.key) { return .reuse(record) }
    guard let length = recipe.length else { return .run }
    let cached = index.lengths(of: recipe.family)
    if let longer = cached.first(where: { $0.length > length }) {
      return .cut(from: longer.length, key: longer.key)
    }
    if let shorter = cached.last(where: { $0.length < length }) {
      return .extend(from: shorter.length, key: shorter.key)
    }
    return .run
  }
}
