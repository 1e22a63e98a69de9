public import ContentHash
public import FileSystem
internal import Values

extension Store {
  /// No artifact has so much to say of itself.
  static let descriptionLimit = 1 << 26

  /// Reads meta.json and compares data.h5 with the digest it names.
  public func metadata(of key: Digest) throws(StoreError) -> ArtifactMetadata {
    let path = folder(of: key) / "meta.json"
    guard path.exists || path.isLink else { throw .missing(key) }
    let bytes: [UInt8]
    do {
      bytes = try path.readRegular(limit: Self.descriptionLimit, links: .refused)
    } catch {
      throw .damaged(key, reason: "\(path): \(error.reason)")
    }
    guard let value = try? Value(json: bytes), let metadata = ArtifactMetadata(value) else {
      throw .damaged(key, reason: "\(path) is not readable")
    }
    guard metadata.key == key else {
      throw .damaged(key, reason: "\(path) describes \(metadata.key.short)")
    }
    return metadata
  }

  /// The artifact with its recipe and its file's bytes checked; this is how anything is opened for use.
  public func verified(_ key: Digest) throws(StoreError) -> ArtifactMetadata {
    let metadata = try metadata(of: key)
    if let reason = misfit(metadata) { throw .damaged(key, reason: reason) }
    let digest: Digest
    do {
      digest = try fileDigest(data(of: key))
    } catch {
      let reason = error.isMissing ? "data.h5 is missing" : "data.h5: \(error.reason)"
      throw .damaged(key, reason: reason)
    }
    guard digest == metadata.file else {
      throw .damaged(key, reason: "data.h5 is not what was committed")
    }
    return metadata
  }

  /// Whether what is recorded gives the key under which it is filed.
  private func misfit(_ metadata: ArtifactMetadata) -> String? {
    metadata.recordedRecipe.flatMap { metadata.objection(to: $0) }
  }

  /// The chain's state at the end of an artifact; nil when there is none, or not the one committed.
  public func state(of metadata: ArtifactMetadata) -> [UInt8]? {
    let path = folder(of: metadata.key) / "state.bin"
    guard let bytes = try? path.readRegular(links: .refused),
      Digest(of: bytes) == metadata.state
    else { return nil }
    return bytes
  }

  /// A fresh index record of an artifact that is whole, nil otherwise. Without recorded groups only
  /// somebody who knows the stage kind can tell that; what nothing vouches for serves no plan.
  func verifiedRecord(of key: Digest) -> IndexRecord? {
    // The stamp is taken first: a change during the check shows at the next look.
    guard let stamp = data(of: key).stamp, let metadata = try? verified(key),
      metadata.groups != nil || judge(metadata) == nil
    else { return nil }
    return IndexRecord(metadata, stamp: stamp)
  }

  /// SHA-256 of a file of the store, which is never a link.
  public func fileDigest(_ path: Path) throws(SystemError) -> Digest {
    try Digest(ofFile: path, links: .refused)
  }
}
