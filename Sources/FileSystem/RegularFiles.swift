internal import Glibc

/// Files of others, which may be anything: a pipe that nobody writes to, a device without an end, a
/// link to somewhere else, a hole of a terabyte.
extension Path {
  /// Why a file of others is not read.
  public enum Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    case missing
    /// - Parameter what: in words, as in "a named pipe".
    case notRegular(what: String)
    case tooLarge(bytes: Int, limit: Int)
    case system(SystemError)

    public var description: String {
      switch self {
      case .missing: "No such file or directory"
      case .notRegular(let what): "it is \(what), not a regular file"
      case .tooLarge(let bytes, let limit):
        "it has \(bytes) bytes, more than the \(limit) that such a file may have"
      case .system(let error): error.reason
      }
    }
  }

  /// The bytes of a regular file, in pieces of a megabyte at most.
  ///
  /// - Parameter followsLinks: whether the name itself may be a symbolic link.
  public func readRegular(
    limit: Int, followsLinks: Bool = false, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(Refusal) {
    // Without waiting: opening a pipe would last until somebody writes to it.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
    let file = unsafe open(description, flags)
    guard file >= 0 else { throw refusal() }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw .system(SystemError("read", self)) }
    if let what = Self.words(for: status.st_mode) { throw .notRegular(what: what) }
    guard status.st_size <= limit else { throw .tooLarge(bytes: Int(status.st_size), limit: limit) }
    var piece = [UInt8](repeating: 0, count: min(1 << 20, max(Int(status.st_size), 1)))
    var total = 0
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .system(SystemError("read", self)) }
      if count == 0 { return }
      total += count
      // It may grow while it is read.
      guard total <= limit else { throw .tooLarge(bytes: total, limit: limit) }
      body(piece[..<count])
    }
  }

  /// All bytes of a regular file.
  public func readRegular(limit: Int, followsLinks: Bool = false) throws(Refusal) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(stamp?.size ?? 0, 0), limit))
    try readRegular(limit: limit, followsLinks: followsLinks) { bytes += $0 }
    return bytes
  }

  private func refusal() -> Refusal {
    let error = SystemError("read", self)
    var status = stat()
    guard unsafe lstat(description, &status) == 0 else {
      return error.isMissing ? .missing : .system(error)
    }
    return Self.words(for: status.st_mode).map { .notRegular(what: $0) } ?? .system(error)
  }

  /// nil for a regular file.
  private static func words(for mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a named pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
