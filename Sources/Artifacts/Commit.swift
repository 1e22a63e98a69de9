public import ContentHash
public import FileSystem
internal import Values

/// The steps of a commit, in order. A kill between any two leaves the store whole.
public enum CommitStep: String, Sendable, CaseIterable {
  case staged, described, protected, flushed, renamed, indexed
}

/// A folder under tmp/ in which a stage writes its artifact.
public struct Staging: Sendable {
  /// Its folder below `tmp`, until it is committed.
  public let folder: Path
  /// Where the numbers go.
  public var data: Path { folder / "data.h5" }
  /// The chain's state at the end of data.h5, from which a longer chain continues.
  public var state: Path { folder / "state.bin" }
  /// Removes what was not committed.
  public func discard() { try? folder.removeTree() }
}

extension Store {
  /// A new scratch folder whose name tells whose it is, so that leftovers of the dead can be swept.
  public func stage(_ label: String) throws(StoreError) -> Staging {
    try storing {
      let owner = ProcessIdentity.current
      let folder = root / "tmp" / "\(owner.tag).\(label)"
      try folder.removeTree()
      try folder.createFolders()
      return Staging(folder: folder)
    }
  }

  /// Commits staged artifacts: writes what is missing, makes all durable with one flush, then renames
  /// each into place. An artifact that another process committed meanwhile stays.
  public func commit(
    _ batch: [(staging: Staging, metadata: ArtifactMetadata)]
  ) throws(StoreError) -> [IndexRecord] {
    try storing {
      onStep(.staged)
      for (staging, metadata) in batch {
        try (staging.folder / "meta.json").write(metadata.value.json(indented: true) + "\n")
      }
      onStep(.described)
      for (staging, _) in batch { try protect(staging) }
      onStep(.protected)
      try flush(batch.map(\.staging))
      onStep(.flushed)
      let records = try batch.map { try rename($0.staging, $0.metadata) }
      onStep(.renamed)
      return records
    }
  }

  /// The files of an artifact; what else lies in its folder was put there by nobody who may.
  private static let members: Set<String> = ["data.h5", "meta.json", "state.bin"]

  private func protect(_ staging: Staging) throws(SystemError) {
    for name in try staging.folder.names() {
      guard Self.members.contains(name) else {
        try (staging.folder / name).removeTree()
        continue
      }
      try (staging.folder / name).protect()
    }
  }

  private func flush(_ stagings: [Staging]) throws(SystemError) {
    // Beyond a few files one flush of the file system is cheaper than one of each file.
    guard stagings.count <= 2 else { return try root.flushFileSystem() }
    for staging in stagings {
      for name in try staging.folder.names() { try (staging.folder / name).flush() }
      try staging.folder.flush()
    }
  }

  private func rename(_ staging: Staging, _ metadata: ArtifactMetadata) throws -> IndexRecord {
    let target = folder(of: metadata.key)
    // The folder above first: renaming must fail for one reason alone, that somebody was faster.
    try target.folder.createFolders()
    do {
      try staging.folder.rename(to: target)
    } catch let error where error.isPresent {
      return try keepEarlier(staging, metadata)
    }
    guard let stamp = data(of: metadata.key).stamp else { throw StoreError.missing(metadata.key) }
    return IndexRecord(metadata, stamp: stamp)
  }

  /// Somebody was faster: theirs counts when it is whole, and equal recipes must give equal contents.
  private func keepEarlier(_ staging: Staging, _ metadata: ArtifactMetadata) throws -> IndexRecord {
    let key = metadata.key
    guard let earlier = verifiedRecord(of: key) else {
      try setAside(key)
      return try rename(staging, metadata)
    }
    staging.discard()
    guard earlier.content == metadata.content else {
      throw StoreError.nondeterministic(key, kind: metadata.kind)
    }
    return earlier
  }

  /// Takes a damaged artifact out of its place in one rename, then removes it.
  public func setAside(_ key: Digest) throws(StoreError) {
    try storing {
      let owner = ProcessIdentity.current
      let trash = root / "tmp" / "\(owner.tag).damaged-\(key.short)"
      try trash.removeTree()
      folder(of: key).makeWritable()
      try folder(of: key).rename(to: trash)
      try trash.removeTree()
    }
  }

  /// Removes scratch folders whose process has ended.
  public func sweepScratch() {
    let scratch = root / "tmp"
    for name in (try? scratch.names()) ?? [] {
      guard let owner = ProcessIdentity(tag: name), owner.hasEnded else { continue }
      try? (scratch / name).removeTree()
    }
  }
}
