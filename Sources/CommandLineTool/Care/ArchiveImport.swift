internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Pipeline
internal import Values

/// Takes an archive into a store. Nothing in it is believed: every digest and every key is computed
/// anew before an artifact is committed, and what was committed says from which archive it came.
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

  private var batch: [(staging: Staging, metadata: ArtifactMetadata)] = []
  private var pending: Pending?

  /// An artifact of which files are still to come.
  private struct Pending {
    let metadata: ArtifactMetadata
    /// nil where the store has it already.
    let staging: Staging?
    var digests: [String: Digest] = [:]
  }

  init(archive: Path, store: Store, folder: Path, registry: StageRegistry) {
    self.archive = archive
    self.store = store
    self.folder = folder
    audit = ArtifactAudit(store: store, registry: registry)
  }

  mutating func run() throws {
    defer { for entry in batch { entry.staging.discard() } }
    let inventory = try ArchiveInventory(archive)
    let texts = ArchiveManifests(inventory: inventory, folder: folder, store: store)
    try texts.check(archive)
    for metadata in inventory.artifacts.values {
      if let doubt = audit.doubt(of: metadata) {
        throw inventory.failure("artifact \(metadata.key.short): \(doubt)")
      }
    }
    try takeArtifacts(inventory)
    try writeManifests(texts)
  }

  private mutating func takeArtifacts(_ inventory: ArchiveInventory) throws {
    let mark = ImportMark(
      archive: try Digest(ofFile: archive), file: archive.name, date: Age.nowText)
    var reader = try TarReader(archive)
    while let member = try reader.next() {
      guard case .artifact(let key, let file) = ArchiveLayout.place(of: member.name),
        let metadata = inventory.artifacts[key]
      else { continue }
      if pending?.metadata.key != key {
        try finishArtifact(mark, inventory)
        try begin(metadata)
      }
      guard file != "meta.json" else { continue }
      let digest = try copy(&reader, to: file)
      pending?.digests[file] = digest
    }
    try finishArtifact(mark, inventory)
    try commit()
  }

  private mutating func begin(_ metadata: ArtifactMetadata) throws {
    guard (try? store.verified(metadata.key)) == nil else {
      pending = Pending(metadata: metadata, staging: nil)
      return
    }
    let staging = try store.stage("import-\(metadata.key.short)")
    batch.append((staging, metadata))
    pending = Pending(metadata: metadata, staging: staging)
  }

  private func copy(_ reader: inout TarReader, to file: String) throws -> Digest? {
    guard let target = pending?.staging.map({ $0.folder / file }) else { return nil }
    var hash = SHA256()
    try target.create([])
    try reader.forEachPiece {
      hash.update($0)
      try target.append($0)
    }
    return hash.finish()
  }

  private mutating func finishArtifact(
    _ mark: ImportMark, _ inventory: ArchiveInventory
  ) throws {
    guard let done = pending else { return }
    pending = nil
    guard let staging = done.staging else {
      present += 1
      return
    }
    let metadata = done.metadata
    guard done.digests["data.h5"] == metadata.file, done.digests["state.bin"] == metadata.state
    else {
      throw inventory.failure("artifact \(metadata.key.short) is not what was exported")
    }
    if let damage = audit.damage(in: metadata, data: staging.data) {
      throw inventory.failure("artifact \(metadata.key.short): \(damage)")
    }
    batch[batch.count - 1].metadata = metadata.marked(mark)
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

  private mutating func writeManifests(_ texts: ArchiveManifests) throws {
    var reader = try TarReader(archive)
    while let member = try reader.next() {
      guard case .manifest(let name) = ArchiveLayout.place(of: member.name) else { continue }
      let path = (folder / name).description
      switch try texts.write(name, &reader) {
      case .new: manifests.append(path)
      case .present: break
      case .conflict: conflicts.append(path)
      }
    }
  }
}
