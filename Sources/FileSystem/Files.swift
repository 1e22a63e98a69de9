internal import CLinux
internal import Glibc
internal import Synchronization

/// Tells the scratch files of one process's threads apart.
private let scratchCount = Atomic<UInt64>(0)

/// What `stat` says of a file; the change time cannot be set back, so equal stamps mean an
/// untouched file.
public struct FileStamp: Sendable, Hashable {
  /// The file's number in its file system.
  public var inode: UInt64
  /// In bytes.
  public var size: Int
  /// Nanoseconds since 1970.
  public var modified: Int
  /// Nanoseconds since 1970; no program can set it.
  public var changed: Int

  /// A stamp as it was noted before.
  public init(inode: UInt64, size: Int, modified: Int, changed: Int) {
    self.inode = inode
    self.size = size
    self.modified = modified
    self.changed = changed
  }
}

extension Path {
  /// Whether something is there; a link counts as what it leads to.
  public var exists: Bool { unsafe access(description, F_OK) == 0 }

  /// Whether a folder is there, or a link to one.
  public var isFolder: Bool {
    var status = stat()
    return unsafe stat(description, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// nil when there is no such file.
  public var stamp: FileStamp? {
    var status = stat()
    guard unsafe stat(description, &status) == 0 else { return nil }
    return FileStamp(
      inode: UInt64(status.st_ino), size: Int(status.st_size),
      modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec,
      changed: status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec)
  }

  /// The file's bytes, all or those from a place on.
  public func read(from start: Int = 0) throws(SystemError) -> [UInt8] {
    let file = unsafe open(description, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemError("read", self) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw SystemError("read", self) }
    if start > 0 && lseek(file, start, SEEK_SET) < 0 { throw SystemError("read", self) }
    var bytes = [UInt8](repeating: 0, count: max(0, Int(status.st_size) - start))
    var filled = 0
    while true {
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: 4096) }
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(file, $0.baseAddress.map { unsafe $0 + filled }, $0.count - filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemError("read", self) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// The bytes as UTF-8.
  public func readText() throws(SystemError) -> String {
    String(decoding: try read(), as: UTF8.self)
  }

  /// Whether written bytes are on the disk when the call returns.
  public enum Durability: Sendable { case flushed, unflushed }

  /// Writes a new file or replaces one in place. Commit by renaming, not with this.
  public func write(
    _ bytes: some Sequence<UInt8>, durability: Durability = .unflushed
  ) throws(SystemError) {
    let file = unsafe open(description, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, Modes.file)
    guard file >= 0 else { throw SystemError("write", self) }
    defer { close(file) }
    try writeAll(Array(bytes), to: file)
    if durability == .flushed && fsync(file) != 0 { throw SystemError("flush", self) }
  }

  /// The same with text as UTF-8.
  public func write(_ text: String, durability: Durability = .unflushed) throws(SystemError) {
    try write(Array(text.utf8), durability: durability)
  }

  /// Creates the file; fails with `isPresent` when it exists. Atomic on NFS version 3 and later.
  public func create(_ bytes: [UInt8]) throws(SystemError) {
    let file = unsafe open(description, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, Modes.file)
    guard file >= 0 else { throw SystemError("create", self) }
    defer { close(file) }
    try writeAll(bytes, to: file)
  }

  /// Appends in one call, so that writers on one machine do not interleave.
  public func append(_ bytes: [UInt8]) throws(SystemError) {
    let file = unsafe open(description, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, Modes.file)
    guard file >= 0 else { throw SystemError("append to", self) }
    defer { close(file) }
    try writeAll(bytes, to: file)
  }

  private func writeAll(_ bytes: [UInt8], to file: Int32) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(file, $0.baseAddress.map { unsafe $0 + written }, $0.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SystemError("write", self) }
      written += count
    }
  }

  /// Writes beside the file, then renames over it: readers see the old or the new bytes.
  public func replace(with bytes: [UInt8], durability: Durability = .unflushed) throws(SystemError)
  {
    let number = scratchCount.add(1, ordering: .relaxed).newValue
    let scratch = folder / ".\(name).\(getpid()).\(number)"
    do {
      try scratch.write(bytes, durability: durability)
      try scratch.rename(to: self)
    } catch {
      scratch.remove()
      throw SystemError("write", description, code: error.code)
    }
  }

  /// The same with text as UTF-8.
  public func replace(with text: String) throws(SystemError) { try replace(with: Array(text.utf8)) }

  /// Writes the bytes of this regular file into another one, piece by piece.
  public func copy(to other: Path) throws(SystemError) {
    try other.write([])
    try forEachPiece(links: .refused) { (piece) throws(SystemError) in try other.append(piece) }
  }

  /// Brings what was written to the disk.
  public func flush() throws(SystemError) {
    let file = unsafe open(description, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemError("flush", self) }
    defer { close(file) }
    if fsync(file) != 0 { throw SystemError("flush", self) }
  }

  /// Flushes every write of the file system that holds this path: one call for a batch of commits.
  public func flushFileSystem() throws(SystemError) {
    let file = unsafe open(description, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SystemError("flush", self) }
    defer { close(file) }
    if syncfs(file) != 0 { throw SystemError("flush", self) }
  }

  /// Gives it another name, in the place of what has that name.
  public func rename(to other: Path) throws(SystemError) {
    if unsafe Glibc.rename(description, other.description) != 0 {
      throw SystemError("rename to \(other)", self)
    }
  }

  /// Makes a second name of the same file.
  public func link(at other: Path) throws(SystemError) {
    if unsafe Glibc.link(description, other.description) != 0 {
      throw SystemError("link as \(other)", self)
    }
  }

  /// Sets who may read, write and run it.
  public func setMode(_ mode: UInt32) throws(SystemError) {
    if unsafe chmod(description, mode_t(mode)) != 0 { throw SystemError("change mode of", self) }
  }

  /// Sets the modification time to now: a lease's heartbeat.
  @discardableResult
  public func touch() -> Bool { unsafe utimensat(AT_FDCWD, description, nil, 0) == 0 }

  /// Removes a file; false where that was not possible.
  @discardableResult
  public func remove() -> Bool { unsafe unlink(description) == 0 }
}

extension Path {
  /// Whether two names lead to one file that is there.
  public func isSameFile(as other: Path) -> Bool {
    guard let stamp, let theirs = other.stamp else { return false }
    return stamp == theirs
  }
}
