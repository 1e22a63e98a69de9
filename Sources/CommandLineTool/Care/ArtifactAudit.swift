internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Values

/// Whether an artifact is what it claims: bytes, content, recipe and result, all computed anew.
struct ArtifactAudit {
  let store: Store
  let registry: StageRegistry

  /// nil for an artifact that is whole; otherwise what is wrong with it.
  func damage(of key: Digest) -> String? {
    let metadata: ArtifactMetadata
    do {
      metadata = try store.verified(key)
    } catch {
      if case .damaged(_, let reason) = error { return reason }
      return "\(error)"
    }
    let state = store.folder(of: key) / "state.bin"
    if state.exists ? store.state(of: metadata) == nil : metadata.state != nil {
      return "state.bin is not what was committed"
    }
    return damage(in: metadata, data: store.data(of: key)) ?? strangers(in: key)
  }

  /// The same for files that are not in the store yet.
  func damage(in metadata: ArtifactMetadata, data: Path) -> String? {
    guard let content = try? ContentDigest.of(data) else { return "data.h5 cannot be read" }
    guard content == metadata.content else {
      return "the content of data.h5 is not what meta.json says"
    }
    guard data.stamp?.size == metadata.bytes else { return "data.h5 has another size" }
    return recipeDamage(metadata)
  }

  /// What is recorded has to give the key under which it is filed; a recipe of another version of the
  /// stage may have been made with other groups, and only its inputs' shape is known.
  private func recipeDamage(_ metadata: ArtifactMetadata) -> String? {
    guard let declaration = registry[metadata.kind]?.declaration,
      declaration.version == metadata.version
    else { return nil }
    let groups = declaration.identities(of: metadata.parameters)
    // A chain that an earlier rule ended goes on being what it says.
    let earlier = groups.flatMap(\.identity.earlierGoals).first { $0 == metadata.goal }
    let recipe = Recipe(
      kind: metadata.kind, version: metadata.version,
      groups: groups.map { ($0.name, $0.identity.digest) },
      inputs: metadata.inputs.map { Recipe.Input(slot: $0.slot, key: $0.key) },
      seed: metadata.seed, length: metadata.limit ?? metadata.length,
      goal: earlier ?? groups.compactMap(\.identity.goal).first)
    guard recipe.key == metadata.key, recipe.family == metadata.family else {
      return "its parameters and inputs do not give its key"
    }
    let result = recipe.content(of: metadata.inputs.map { ($0.slot, $0.content) }).result
    return result == metadata.result ? nil : "its inputs' contents do not give its result"
  }

  /// Files that no commit puts into an artifact's folder.
  private func strangers(in key: Digest) -> String? {
    let known: Set<String> = ["data.h5", "meta.json", "state.bin", "job.json"]
    let names = (try? store.folder(of: key).names()) ?? []
    let strange = names.filter { !known.contains($0) }
    return strange.isEmpty ? nil : "its folder holds " + strange.joined(separator: ", ")
  }
}
