internal import Glibc

extension Path {
  /// Creates the folder and all above it.
  public func createFolders() throws(SystemError) {
    if unsafe mkdir(description, Modes.folder) == 0 { return }
    let failure = SystemError("create folder", self)
    if failure.code == EEXIST && isFolder { return }
    guard failure.code == ENOENT, folder != self, description != "." else { throw failure }
    try folder.createFolders()
    if unsafe mkdir(description, Modes.folder) != 0 && errno != EEXIST {
      throw SystemError("create folder", self)
    }
  }

  /// Names in the folder, in ascending order, without "." and "..".
  public func names() throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(description) else { throw SystemError("list", self) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder with all it holds, also when it was made read-only.
  public func removeTree() throws(SystemError) {
    guard exists || isLink else { return }
    guard isFolder && !isLink else {
      if !remove() { throw SystemError("remove", self) }
      return
    }
    makeWritable()
    for name in try names() { try (self / name).removeTree() }
    if unsafe rmdir(description) != 0 { throw SystemError("remove", self) }
  }

  /// Whether the last name is a symbolic link.
  public var isLink: Bool {
    var status = stat()
    return unsafe lstat(description, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Makes another name that leads here.
  public func linkSymbolically(at other: Path) throws(SystemError) {
    if unsafe symlink(description, other.description) != 0 {
      throw SystemError("link as \(other)", self)
    }
  }

  /// Where a symbolic link leads, as it is written there; nil for anything else.
  public var target: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink(description, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The path from the root without any link; nil when nothing is there.
  public var resolved: Path? {
    guard let text = unsafe realpath(description, nil) else { return nil }
    defer { unsafe free(text) }
    return Path(unsafe String(cString: text))
  }

  /// Whether this lies below a folder, by the texts of both.
  public func isInside(_ folder: Path) -> Bool {
    description.hasPrefix(folder.description == "/" ? "/" : folder.description + "/")
  }

  /// Bytes that an ordinary user can still write here.
  public var freeBytes: Int {
    var status = statvfs()
    guard unsafe statvfs(description, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  /// The working folder of this process.
  public static var current: Path {
    guard let text = unsafe getcwd(nil, 0) else { return Path(".") }
    defer { unsafe free(text) }
    return Path(unsafe String(cString: text))
  }

  /// The path from the root, with `.` and `..` resolved in the text.
  public var absolute: Path {
    let text = description.hasPrefix("/") ? description : "\(Path.current)/\(description)"
    var parts: [Substring] = []
    for part in text.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return Path("/" + parts.joined(separator: "/"))
  }
}
