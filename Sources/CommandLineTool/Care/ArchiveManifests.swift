internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Results
internal import Values
internal import YAML

/// The part of an archive that goes into the project's folder. An archive is somebody else's: it brings
/// manifests and pipelines, a baseline, and files that its artifacts declare to have read, as new plain
/// files of the project; nothing that a shell, an editor, make or git would run.
struct ArchiveManifests {
  let inventory: ArchiveInventory
  let folder: Path
  let store: Store
  private static let textLimit = 64 << 20

  /// Looks at everything before anything is written.
  func check(_ archive: Path) throws {
    let declared = inventory.declaredFiles
    for name in inventory.manifests { try requireInside(name) }
    var reader = try TarReader(archive)
    while let member = try reader.next() {
      guard case .manifest(let name) = ArchiveLayout.place(of: member.name) else { continue }
      if let digests = declared[name] {
        var hash = SHA256()
        try reader.forEachPiece { hash.update($0) }
        guard digests.contains(hash.finish()) else {
          throw inventory.failure("`\(name)` is not the file that its artifacts read")
        }
      } else {
        let isText = [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
        guard isText, Self.isOurs(try reader.read(limit: Self.textLimit), name: name) else {
          throw inventory.failure(
            "`\(name)` does not belong into an archive of slmc: it is neither a manifest nor a "
              + "baseline, and no artifact of the archive declares to have read it")
        }
      }
    }
  }

  /// A manifest or a pipeline of slmc, or a baseline.
  private static func isOurs(_ bytes: [UInt8], name: String) -> Bool {
    guard !name.hasSuffix(".json") else {
      return (try? Value(json: bytes))?["format"]?.text == Baseline.format
    }
    guard let root = try? YAML.parse(bytes: bytes, file: name) else { return false }
    return root["slmc"] != nil && (root["experiment"] != nil || root["pipeline"] != nil)
  }

  /// Neither through a link of the folder to somewhere else, nor into the store.
  private func requireInside(_ name: String) throws {
    var place = folder
    for part in name.split(separator: "/") {
      place = place / String(part)
      guard !place.isLink else {
        throw inventory.failure("`\(name)` would be written through the link \(place)")
      }
    }
    let root = folder.resolved ?? folder.absolute
    guard !store.owns(root / name) else {
      throw inventory.failure("`\(name)` would be written into the store")
    }
  }

  /// Writes the member that the reader stands at; false when another text is there, which stays.
  func write(_ name: String, _ reader: inout TarReader) throws -> Written {
    let path = folder / name
    if path.exists {
      var hash = SHA256()
      try reader.forEachPiece { hash.update($0) }
      return try Digest(ofFile: path, links: .refused) == hash.finish() ? .present : .conflict
    }
    try path.folder.createFolders()
    try path.create([])
    try reader.forEachPiece { try path.append($0) }
    return .new
  }

  enum Written { case new, present, conflict }
}
