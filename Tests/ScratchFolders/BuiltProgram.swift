public import FileSystem
internal import Glibc

/// The program that was built with the tests: it stands beside their bundle.
public enum BuiltProgram {
  public static let path: Path = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
    let own = String(
      decoding: buffer.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return Path(own).folder / "slmc"
  }()
}
