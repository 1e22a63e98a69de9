internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Values

/// What an archive says that it holds, read before a byte of it is written anywhere: names, sizes, and
/// how its artifacts describe themselves.
struct ArchiveInventory {
  /// No artifact has so much to say of itself.
  private static let descriptionLimit = 64 << 20

  /// Names below `manifests/`.
  private(set) var manifests: Set<String> = []
  private(set) var artifacts: [Digest: ArtifactMetadata] = [:]
  private var sizes: [Digest: [String: Int]] = [:]
  private var description: Value?
  private let archive: Path

  init(_ archive: Path) throws {
    self.archive = archive
    var names: Set<String> = []
    var reader = try TarReader(archive)
    while let member = try reader.next() {
      guard names.insert(member.name).inserted else {
        throw failure("it holds `\(member.name)` twice")
      }
      try take(member, &reader)
    }
    try check()
  }

  func failure(_ reason: String) -> ArchiveError {
    ArchiveError(archive: archive.description, reason: reason)
  }

  private mutating func take(_ member: TarReader.Member, _ reader: inout TarReader) throws {
    switch ArchiveLayout.place(of: member.name) {
    case .description:
      description = try? Value(json: try reader.read(limit: Self.descriptionLimit))
      let found = description?["format"]?.text ?? "none"
      guard found == ArchiveLayout.format else {
        throw failure("it has the format '\(found)', this slmc reads '\(ArchiveLayout.format)'")
      }
    case .manifest(let name): manifests.insert(name)
    case .artifact(let key, let file):
      sizes[key, default: [:]][file] = member.size
      guard file == "meta.json" else { return }
      let text = try reader.read(limit: Self.descriptionLimit)
      artifacts[key] = (try? Value(json: text)).flatMap { ArtifactMetadata($0) }
    case nil: throw failure("`\(member.name)` does not belong into an archive of slmc")
    }
  }

  private func check() throws {
    guard let description else { throw failure("it is not an archive of slmc") }
    for (key, files) in sizes {
      guard let metadata = artifacts[key], metadata.key == key, files["data.h5"] != nil else {
        throw failure("artifact \(key.short) is incomplete")
      }
      guard files["data.h5"] == metadata.bytes,
        (files["state.bin"] != nil) == (metadata.state != nil)
      else { throw failure("artifact \(key.short) is not what was exported") }
    }
    // Archives of earlier programs list no manifests.
    guard let listed = description["manifests"]?.list?.compactMap(\.text) else { return }
    guard Set(listed) == manifests else {
      let strange = manifests.symmetricDifference(listed).sorted()
      throw failure("`manifests/\(strange[0])` is not what the archive lists")
    }
  }

  /// Digests of the project's files that artifacts declare to have read, by name.
  var declaredFiles: [String: Set<Digest>] {
    var found: [String: Set<Digest>] = [:]
    for metadata in artifacts.values {
      for fields in metadata.parameters.values {
        for field in fields.record?.values ?? [] {
          for (name, digest) in field.record?.elements ?? Record().elements {
            if let digest = digest.text.flatMap({ Digest($0) }) {
              found[name, default: []].insert(digest)
            }
          }
        }
      }
    }
    return found
  }
}
