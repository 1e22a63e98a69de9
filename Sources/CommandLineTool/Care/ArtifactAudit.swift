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
    let content: Digest
    do {
      content = try ContentDigest.of(data)
    } catch {
      return "data.h5 cannot be read: \(error)"
    }
    guard content == metadata.content else {
      return "the content of data.h5 is not what meta.json says"
    }
    guard data.stamp?.size == metadata.bytes else { return "data.h5 has another size" }
    return recipeDamage(metadata)
  }

  /// What is recorded has to give the key under which it is filed, and so do the parameters where this
  /// program knows the version of the stage.
  private func recipeDamage(_ metadata: ArtifactMetadata) -> String? {
    if let recipe = metadata.recordedRecipe, let reason = metadata.objection(to: recipe) {
      return reason
    }
    guard let recipe = Self.recipe(of: metadata, registry) else { return nil }
    return metadata.objection(to: recipe)
  }

  /// The recipe by the parameters; nil where this program does not know the version of the stage, which
  /// may have been made with other groups, or a variant of them.
  static func recipe(of metadata: ArtifactMetadata, _ registry: StageRegistry) -> Recipe? {
    guard let declaration = registry[metadata.kind]?.declaration,
      declaration.version == metadata.version
    else { return nil }
    let groups = declaration.identities(of: metadata.parameters)
    guard groups.allSatisfy(\.identity.isKnown) else { return nil }
    // A chain that an earlier rule ended goes on being what it says.
    let earlier = groups.flatMap(\.identity.earlierGoals).first { $0 == metadata.goal }
    return metadata.recipe(
      of: groups.map { ($0.name, digest(of: $0.identity, in: metadata, $0.name)) },
      goal: earlier ?? groups.compactMap(\.identity.goal).first)
  }

  /// What was made by an earlier version of a variant goes on being what it says.
  private static func digest(
    of identity: GroupIdentity, in metadata: ArtifactMetadata, _ name: String
  ) -> Digest {
    let recorded = metadata.groups?.first { $0.name == name }?.digest
    return identity.earlier.first { $0 == recorded } ?? identity.digest
  }

  /// Why nothing vouches for the key of an artifact, nil where something does. Such an artifact is
  /// looked at and serves no plan.
  func doubt(of metadata: ArtifactMetadata) -> String? { Self.doubt(of: metadata, registry) }

  static func doubt(of metadata: ArtifactMetadata, _ registry: StageRegistry) -> String? {
    guard metadata.groups == nil else { return nil }
    guard let recipe = recipe(of: metadata, registry) else {
      return "it records no digests of its groups, and this slmc does not know version "
        + "\(metadata.version) of \(metadata.kind), so nothing vouches for its key"
    }
    return metadata.objection(to: recipe)
  }

  /// Files that no commit puts into an artifact's folder.
  private func strangers(in key: Digest) -> String? {
    let known: Set<String> = ["data.h5", "meta.json", "state.bin", "job.json"]
    let names = (try? store.folder(of: key).names()) ?? []
    let strange = names.filter { !known.contains($0) }
    return strange.isEmpty ? nil : "its folder holds " + strange.joined(separator: ", ")
  }
}
