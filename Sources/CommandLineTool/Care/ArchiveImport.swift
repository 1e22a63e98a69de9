internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Pipeline
internal import Values

/// Takes an archive into a store. Nothing in it is believed: every digest and every key is computed
/// anew before an artifact is committed.
struct ArchiveImport {
  let archive: Path
  let store: Store
  let folder: Path
  let audit: ArtifactAudit

  private(set) var added = 0
  private(set) var present = 0
  private(set) var manifests: [String] = []
  /// Manifests that were there already with another text, and stay.
  private(set) var conflicts: [String] = []

  private var pending: (key: Digest, files: [String: [UInt8]])?
  private var batch: [(staging: Staging, metadata: ArtifactMetadata)] = []
  private var isDescribed = false

  init(archive: Path, store: Store, folder: Path, registry: StageRegistry) {
    self.archive = archive
    self.store = store
    self.folder = folder
    audit = ArtifactAudit(store: store, registry: registry)
  }

  mutating func run() throws {
    defer { for entry in batch { entry.staging.discard() } }
    var reader = try TarReader(archive)
    while let (name, bytes) = try reader.next() { try take(name, bytes) }
    try finishArtifact()
    guard isDescribed else { throw failure("it is not an archive of slmc") }
    try commit()
  }

  private func failure(_ reason: String) -> ArchiveError {
    ArchiveError(archive: archive.description, reason: reason)
  }

  private mutating func take(_ name: String, _ bytes: [UInt8]) throws {
    switch ArchiveLayout.place(of: name) {
    case .description:
      let found = (try? Value(json: bytes))?["format"]?.text ?? "none"
      guard found == ArchiveLayout.format else {
        throw failure("it has the format '\(found)', this slmc reads '\(ArchiveLayout.format)'")
      }
      isDescribed = true
    case .manifest(let path): try write(bytes, to: path)
    case .artifact(let key, let file):
      if pending?.key != key {
        try finishArtifact()
        pending = (key, [:])
      }
      pending?.files[file] = bytes
    case nil: throw failure("`\(name)` does not belong into an archive of slmc")
    }
  }

  private mutating func write(_ bytes: [UInt8], to name: String) throws {
    let path = folder / name
    guard !path.exists else {
      if try path.read() != bytes { conflicts.append(path.description) }
      return
    }
    try path.folder.createFolders()
    try path.create(bytes)
    manifests.append(path.description)
  }

  private mutating func finishArtifact() throws {
    guard let (key, files) = pending else { return }
    pending = nil
    if (try? store.verified(key)) != nil {
      present += 1
      return
    }
    guard let data = files["data.h5"], let meta = files["meta.json"],
      let value = try? Value(json: meta), let metadata = ArtifactMetadata(value),
      metadata.key == key
    else { throw failure("artifact \(key.short) is incomplete") }
    guard Digest(of: data) == metadata.file,
      files["state.bin"].map({ Digest(of: $0) }) == metadata.state
    else {
      throw failure("artifact \(key.short) is not what was exported")
    }
    let staging = try store.stage("import-\(key.short)")
    batch.append((staging, metadata))
    try staging.data.write(data)
    if let state = files["state.bin"] { try staging.state.write(state) }
    if let damage = audit.damage(in: metadata, data: staging.data) {
      throw failure("artifact \(key.short): \(damage)")
    }
    if batch.count == 64 { try commit() }
  }

  private mutating func commit() throws {
    // A damaged artifact in the way is moved aside before its place is needed.
    for (_, metadata) in batch where store.folder(of: metadata.key).exists {
      try store.setAside(metadata.key)
    }
    let records = try store.commit(batch)
    var index = StoreIndex(store)
    index.add(records)
    added += batch.count
    batch = []
  }
}
