#if canImport(Glibc)
  internal import Glibc
#endif

/// A file could not be read or written.
struct FileFailure: Error {
  var path: String
  /// What the system says.
  var reason: String
  var code: Int32

  init(path: String, code: Int32) {
    self.path = path
    self.code = code
    reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}

/// Whole files by path. Writing goes through a temporary neighbour and one rename, so that a reader
/// never meets half a file.
enum OutputFile {
  static func write(_ text: String, to path: String) throws(FileFailure) {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let partial = path + ".partial-\(getpid())"
    let file = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileFailure(path: path, code: errno) }
    var done = 0
    var code: Int32 = 0
    while done < bytes.count, code == 0 {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: done), buffer.count - done)
      }
      if count > 0 { done += count } else if errno != EINTR { code = errno }
    }
    if close(file) != 0, code == 0 { code = errno }
    if code == 0, unsafe rename(partial, path) != 0 { code = errno }
    guard code == 0 else {
      unsafe unlink(partial)
      throw FileFailure(path: path, code: code)
    }
  }

  static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileFailure(path: path, code: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
      }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw FileFailure(path: path, code: errno)
      }
    }
  }

  /// Makes a directory and those above it.
  static func makeDirectory(_ path: String) throws(FileFailure) {
    guard unsafe mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeDirectory(String(path[..<slash]))
      guard unsafe mkdir(path, 0o755) != 0, errno != EEXIST else { return }
    }
    throw FileFailure(path: path, code: errno)
  }

  /// Removes a file if it is there.
  static func remove(_ path: String) {
    unsafe unlink(path)
  }
}
