public import FileSystem
internal import Glibc

/// A new empty folder that goes away, with all it holds, when nobody refers to it any more.
public final class ScratchFolder: Sendable {
  public let path: Path

  public init() throws {
    var template = Array("/tmp/slmc-test-XXXXXX".utf8CString)
    let made = unsafe mkdtemp(&template) != nil
    guard made else { throw SystemError("create folder", "/tmp/slmc-test-XXXXXX", code: errno) }
    path = Path(String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
  }

  deinit { try? path.removeTree() }

  /// Writes a text file, with the folders above it.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> Path {
    let file = path / name
    try file.folder.createFolders()
    try file.write(text)
    return file
  }
}
