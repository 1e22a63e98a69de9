public import ContentHash

extension ArtifactMetadata {
  /// The recipe that is recorded, by which any program of any version can compute the key; nil where no
  /// groups are recorded.
  public var recordedRecipe: Recipe? { groups.map { recipe(of: $0, goal: goal) } }

  /// - Parameters:
  ///   - groups: digests of the parameter groups, recorded or computed anew.
  ///   - goal: what the chain ran until.
  public func recipe(of groups: [(name: String, digest: Digest)], goal: Digest?) -> Recipe {
    Recipe(
      kind: kind, version: version, groups: groups,
      inputs: inputs.map { Recipe.Input(slot: $0.slot, key: $0.key) }, seed: seed,
      length: limit ?? length, goal: goal)
  }

  /// Why a recipe is not the one that this was filed under, nil for the right one.
  public func objection(to recipe: Recipe) -> String? {
    guard recipe.key == key, recipe.family == family else {
      return "its parameters and inputs do not give its key"
    }
    let result = recipe.content(of: inputs.map { ($0.slot, $0.content) }).result
    return result == self.result ? nil : "its inputs' contents do not give its result"
  }
}

/// Judges an artifact by what only a program with stage kinds can know; nil for one that may be used.
public typealias ArtifactJudge = @Sendable (ArtifactMetadata) -> String?
