public import FileSystem

/// Writes files one after the other into a tar archive, which appears whole or not at all.
public struct TarWriter: ~Copyable {
  private let target: Path
  private let scratch: Path
  private var isOpen = true

  /// Begins an archive; nothing is at the target before it is finished.
  public init(_ target: Path) throws(SystemError) {
    self.target = target
    scratch = target.folder / ".\(target.name).\(ProcessIdentity.current.pid)"
    try scratch.write([UInt8]())
  }

  deinit { if isOpen { scratch.remove() } }

  /// Adds a file with these bytes.
  public mutating func add(_ name: String, _ bytes: [UInt8]) throws {
    guard let header = TarHeader(name: name, size: bytes.count).block else {
      throw ArchiveError(archive: target.description, reason: "the name \(name) is too long")
    }
    let padding = [UInt8](repeating: 0, count: TarHeader.padding(after: bytes.count))
    try scratch.append(header + bytes + padding)
  }

  /// Adds a file's bytes piece by piece, as they lie on disk.
  public mutating func add(_ name: String, file: Path, links: Path.Links = .followed) throws {
    guard let size = file.stamp?.size, let header = TarHeader(name: name, size: size).block else {
      throw ArchiveError(
        archive: target.description, reason: "\(file) cannot be read, or its name is too long")
    }
    try scratch.append(header)
    var written = 0
    try file.forEachPiece(links: links) { piece throws(SystemError) in
      written += piece.count
      try scratch.append(piece)
    }
    guard written == size else {
      throw ArchiveError(archive: target.description, reason: "\(file) changed while it was read")
    }
    try scratch.append([UInt8](repeating: 0, count: TarHeader.padding(after: size)))
  }

  /// Ends the archive and gives it its name.
  public mutating func close() throws(SystemError) {
    try scratch.append([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
    try scratch.flush()
    try scratch.rename(to: target)
    isOpen = false
  }
}

/// An archive that cannot be read or written, and why.
public struct ArchiveError: Error, Sendable, CustomStringConvertible {
  /// The file that cannot be taken.
  public let archive: String
  /// What is wrong with it, in words.
  public let reason: String
  public var description: String { "\(archive): \(reason)" }

  /// An archive that cannot be taken, and why.
  public init(archive: String, reason: String) {
    self.archive = archive
    self.reason = reason
  }
}
