public import FileSystem
internal import Glibc

/// Reads a tar archive file by file; only plain files are let through.
public struct TarReader: ~Copyable {
  private let path: Path
  private let descriptor: Int32
  private var rest: Int

  public init(_ path: Path) throws {
    let (descriptor, size) = try Self.open(path)
    self.path = path
    self.descriptor = descriptor
    rest = size
  }

  private static func open(_ path: Path) throws -> (descriptor: Int32, size: Int) {
    let descriptor = unsafe Glibc.open(path.description, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0, let size = path.stamp?.size, !path.isFolder else {
      if descriptor >= 0 { Glibc.close(descriptor) }
      throw ArchiveError(archive: path.description, reason: "it cannot be read")
    }
    return (descriptor, size)
  }

  deinit { close(descriptor) }

  /// The next file, nil at the archive's end.
  public mutating func next() throws -> (name: String, bytes: [UInt8])? {
    guard rest > 0 else { throw error("it ends without an end mark: it was cut off") }
    let block = try take(TarHeader.blockSize)
    guard block.contains(where: { $0 != 0 }) else { return nil }
    guard let header = TarHeader(block) else {
      throw error("it is damaged, or not an archive of slmc")
    }
    // Checked before memory is asked for: a damaged size must not exhaust it.
    guard header.size <= rest else { throw error("\(header.name) is cut off") }
    let bytes = try take(header.size)
    _ = try take(TarHeader.padding(after: header.size))
    return (header.name, bytes)
  }

  private mutating func take(_ count: Int) throws -> [UInt8] {
    guard count <= rest else { throw error("it is cut off, or not a tar archive") }
    rest -= count
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + filled }, count - filled)
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
