internal import Glibc

/// Reading files that others wrote: a FIFO would be waited for without end, a device read without end,
/// and a file of holes is as large as its name says.
extension Path {
  /// Whether the last name of a path may be a link. What lies in a store is never one.
  public enum Links: Sendable { case followed, refused }

  /// How much is read at a time.
  public static let pieceSize = 1 << 20

  /// Whether there is a plain file at the path itself: no link, folder, FIFO or device.
  public var isRegular: Bool {
    var status = stat()
    return unsafe lstat(description, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The bytes of a regular file; anything else, and a file above the limit, is an error in words.
  public func readRegular(
    limit: Int = .max, links: Links = .followed
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPiece(limit: limit, links: links) { bytes += $0 }
    return bytes
  }

  /// Hands over a regular file piece by piece, so that its size costs no memory.
  public func forEachPiece(
    limit: Int = .max, links: Links = .followed,
    _ body: ([UInt8]) throws(SystemError) -> Void
  ) throws(SystemError) {
    let file = try openRegular(links)
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw SystemError("read", self) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw irregular(status.st_mode) }
    try require(Int(status.st_size), within: limit)
    var count = 0
    while true {
      // One byte more than is left shows the end; /proc calls every file empty.
      let room = max(Int(status.st_size) - count + 1, 4096)
      let piece = try nextPiece(of: file, room: min(room, Self.pieceSize))
      guard !piece.isEmpty else { return }
      count += piece.count
      // It may grow while it is read.
      try require(count, within: limit)
      try body(piece)
    }
  }

  /// Opens without waiting for whoever writes into a FIFO.
  private func openRegular(_ links: Links) throws(SystemError) -> Int32 {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (links == .refused ? O_NOFOLLOW : 0)
    let file = unsafe open(description, flags)
    guard file < 0 else { return file }
    let failure = SystemError("read", self)
    guard links == .refused && isLink else { throw failure }
    throw SystemError("read", self, because: "it is a symbolic link, where a file is due")
  }

  private func nextPiece(of file: Int32, room: Int) throws(SystemError) -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: room)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("read", self) }
      piece.removeLast(piece.count - count)
      return piece
    }
  }

  private func require(_ size: Int, within limit: Int) throws(SystemError) {
    guard size > limit else { return }
    throw SystemError(
      "read", self, because: "it is larger than \(Self.inWords(limit)), the most that is read here",
      code: EFBIG)
  }

  private static func inWords(_ bytes: Int) -> String {
    for (unit, size) in [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    where bytes >= size && bytes % size == 0 {
      return "\(bytes / size) \(unit)"
    }
    return "\(bytes) bytes"
  }

  private func irregular(_ mode: mode_t) -> SystemError {
    let kind =
      switch mode & S_IFMT {
      case S_IFDIR: "a folder"
      case S_IFIFO: "a FIFO"
      case S_IFCHR, S_IFBLK: "a device"
      case S_IFSOCK: "a socket"
      default: "no regular file"
      }
    return SystemError("read", self, because: "it is \(kind), where a file is due")
  }
}
