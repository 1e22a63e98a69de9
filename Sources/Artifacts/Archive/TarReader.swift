public import FileSystem
internal import Glibc

/// Reads a tar archive member by member; only plain files are let through. A member's bytes are taken
/// piece by piece or passed over, so that its size costs no memory.
public struct TarReader: ~Copyable {
  /// One file of the archive.
  public struct Member: Sendable {
    /// The path inside the archive.
    public let name: String
    /// In bytes.
    public let size: Int
  }

  private let path: Path
  private let descriptor: Int32
  /// Bytes of the archive that were not read yet.
  private var rest: Int
  private var member = Member(name: "", size: 0)
  /// Bytes of the member that were not taken.
  private var left = 0

  /// Opens an archive, which must be a regular file.
  public init(_ path: Path) throws {
    let (descriptor, size) = try Self.open(path)
    self.path = path
    self.descriptor = descriptor
    rest = size
  }

  private static func open(_ path: Path) throws -> (descriptor: Int32, size: Int) {
    // Opening must not wait for whoever writes into a FIFO.
    let descriptor = unsafe Glibc.open(path.description, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else {
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw ArchiveError(archive: path.description, reason: "it cannot be read as a file")
    }
    return (descriptor, Int(status.st_size))
  }

  deinit { close(descriptor) }

  /// The next file, nil at the archive's end; what was not taken of the one before is passed over.
  public mutating func next() throws -> Member? {
    try skip(left + TarHeader.padding(after: member.size))
    guard rest > 0 else { throw error("it ends without an end mark: it was cut off") }
    let block = try take(TarHeader.blockSize)
    guard block.contains(where: { $0 != 0 }) else { return nil }
    guard let header = TarHeader(block) else {
      throw error("it is damaged, or not an archive of slmc")
    }
    // Checked before memory is asked for: a damaged size must not exhaust it.
    guard header.size <= rest - TarHeader.padding(after: header.size) else {
      throw error("\(header.name) is cut off")
    }
    member = Member(name: header.name, size: header.size)
    left = header.size
    return member
  }

  /// Hands over what is left of the member.
  public mutating func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
    while left > 0 {
      let piece = try take(min(left, Path.pieceSize))
      left -= piece.count
      try body(piece)
    }
  }

  /// The bytes of a member that is small by nature.
  public mutating func read(limit: Int) throws -> [UInt8] {
    guard member.size <= limit else {
      throw error("\(member.name) is larger than \(limit) bytes, the most that it may be")
    }
    var bytes: [UInt8] = []
    try forEachPiece { bytes += $0 }
    return bytes
  }

  private mutating func skip(_ count: Int) throws {
    guard lseek(descriptor, count, SEEK_CUR) >= 0 else { throw error("it cannot be read") }
    rest -= count
    left = 0
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard count <= rest else { throw error("it is cut off, or not a tar archive") }
    rest -= count
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(descriptor, $0.baseAddress.map { unsafe $0 + filled }, count - filled)
      }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw error("it cannot be read to its end") }
      filled += got
    }
    return bytes
  }

  private func error(_ reason: String) -> ArchiveError {
    ArchiveError(archive: path.description, reason: reason)
  }
}
