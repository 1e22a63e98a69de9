public import ContentHash
internal import Values

/// Where an artifact came from that was not made here: part of its provenance, never of any key.
///
/// Whoever exports can write what it likes under a true recipe, as long as nobody runs it again. So an
/// artifact that came in an archive says so for ever, and so does what was taken over from it.
public struct ImportMark: Sendable, Equatable {
  /// The name of its field in an artifact's provenance.
  public static let field = "importedFrom"

  /// SHA-256 of the archive.
  public let archive: Digest
  /// The archive's file name at that time.
  public let file: String
  /// UTC as ISO 8601.
  public let date: String

  /// The mark of an artifact that came in an archive.
  public init(archive: Digest, file: String, date: String) {
    self.archive = archive
    self.file = file
    self.date = date
  }

  /// In a few words, for people.
  public var description: String { "\(file) (archive \(archive.short)), \(date)" }
}

extension ArtifactMetadata {
  /// nil for what was made here.
  public var importMark: ImportMark? {
    guard let mark = provenance[ImportMark.field],
      let archive = mark["archive"]?.text.flatMap({ Digest($0) })
    else { return nil }
    return ImportMark(
      archive: archive, file: mark["file"]?.text ?? "", date: mark["date"]?.text ?? "")
  }

  /// The same artifact with the mark; one that it bore already stays inside the new one.
  public func marked(_ mark: ImportMark) -> ArtifactMetadata {
    var copy = self
    copy.provenance[ImportMark.field] = .record([
      "archive": .text(mark.archive.description), "file": .text(mark.file),
      "date": .text(mark.date), "before": provenance[ImportMark.field] ?? .null,
    ])
    return copy
  }
}
