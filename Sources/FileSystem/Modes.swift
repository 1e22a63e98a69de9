internal import Glibc

/// Who may read and write what is made here, as the user's umask has it: a store shared by a group
/// works with umask 002 and one of a single person with 077.
enum Modes {
  static let file: mode_t = 0o666
  static let folder: mode_t = 0o777
}

extension Path {
  /// What the umask takes away. The call that tells it also sets it, so the kernel's notes are read.
  private static let mask: UInt32 = {
    let status = (try? Path("/proc/self/status").readText()) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("Umask:") }
    let digits = line?.split(separator: "\t").last.map(String.init) ?? ""
    return UInt32(digits, radix: 8) ?? 0o022
  }()

  /// Leaves the file to be read by those whom the umask allows it, and written by nobody.
  public func protect() throws(SystemError) { try setMode(0o444 & ~Self.mask) }

  /// Makes a folder writable for its owner, without taking anything from others.
  public func makeWritable() {
    var status = stat()
    guard unsafe stat(description, &status) == 0, status.st_mode & S_IRWXU != S_IRWXU else {
      return
    }
    _ = unsafe chmod(description, (status.st_mode & 0o7777) | S_IRWXU)
  }
}
