public import ContentHash
public import FileSystem
internal import Values

extension Store {
  /// Reads meta.json and compares data.h5 with the digest it names.
  public func metadata(of key: Digest) throws(StoreError) -> ArtifactMetadata {
    let path = folder(of: key) / "meta.json"
    guard let bytes = try? path.read() else { throw .missing(key) }
    guard let value = try? Value(json: bytes), let metadata = ArtifactMetadata(value) else {
      throw .damaged(key, reason: "\(path) is not readable")
    }
    guard metadata.key == key else {
      throw .damaged(key, reason: "\(path) describes \(metadata.key.short)")
    }
    return metadata
  }

  /// The artifact with its file's bytes checked; this is how anything is opened for use.
  public func verified(_ key: Digest) throws(StoreError) -> ArtifactMetadata {
    let metadata = try metadata(of: key)
    guard let digest = try? fileDigest(data(of: key)) else {
      throw .damaged(key, reason: "data.h5 is missing")
    }
    guard digest == metadata.file else {
      throw .damaged(key, reason: "data.h5 is not what was committed")
    }
    return metadata
  }

  /// The chain's state at the end of an artifact; nil when there is none, or not the one committed.
  public func state(of metadata: ArtifactMetadata) -> [UInt8]? {
    guard let bytes = try? (folder(of: metadata.key) / "state.bin").read(),
      Digest(of: bytes) == metadata.state
    else { return nil }
    return bytes
  }

  /// A fresh index record of an artifact that is whole, nil otherwise.
  func verifiedRecord(of key: Digest) -> IndexRecord? {
    // The stamp is taken first: a change during the check shows at the next look.
    guard let stamp = data(of: key).stamp, let metadata = try? verified(key) else { return nil }
    return IndexRecord(metadata, stamp: stamp)
  }

  public func fileDigest(_ path: Path) throws(SystemError) -> Digest {
    Digest(of: try path.read())
  }
}
