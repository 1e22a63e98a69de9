public import Artifacts
internal import ContentHash

extension Plan {
  /// Looks up which jobs the store already answers.
  public mutating func consult(_ index: inout StoreIndex) {
    for place in jobs.indices {
      jobs[place].action = Self.action(for: jobs[place].recipe, in: &index)
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
