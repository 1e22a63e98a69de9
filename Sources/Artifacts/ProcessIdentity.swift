internal import FileSystem
internal import Glibc

/// A process among all hosts and reboots: host, boot, pid and the time the process began.
///
/// A pid alone is reused, and a pid from another host says nothing here.
public struct ProcessIdentity: Sendable, Hashable, CustomStringConvertible {
  public let host: String
  public let boot: String
  public let pid: Int
  public let began: Int

  public static let current = ProcessIdentity(
    host: hostName(), boot: bootName(), pid: Int(getpid()), began: beginning(of: Int(getpid())) ?? 0
  )

  init(host: String, boot: String, pid: Int, began: Int) {
    self.host = host
    self.boot = boot
    self.pid = pid
    self.began = began
  }

  public var description: String { "process \(pid) on \(host)" }

  /// The identity as part of a file name: host~boot~pid~began.
  public var tag: String { "\(host)~\(boot)~\(pid)~\(began)" }

  /// Reads a tag; what follows the first dot after it is ignored.
  public init?(tag: String) {
    let parts = tag.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.count == 4, let pid = Int(parts[2]),
      let began = Int(parts[3].prefix { $0.isNumber })
    else { return nil }
    self.init(host: String(parts[0]), boot: String(parts[1]), pid: pid, began: began)
  }

  /// Whether the process is known to be gone. false for a process of another host: its heartbeat
  /// has to tell.
  public var hasEnded: Bool {
    guard host == Self.current.host else { return false }
    guard boot == Self.current.boot else { return true }
    return Self.beginning(of: pid) != began
  }

  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    let failed = unsafe gethostname(&name, name.count) != 0
    let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return failed || text.isEmpty ? "unknown" : text.filter { $0 != "~" && $0 != "/" }
  }

  private static func bootName() -> String {
    let text = (try? Path("/proc/sys/kernel/random/boot_id").readText()) ?? "unknown"
    return String(text.prefix { $0.isHexDigit })
  }

  /// Field 22 of /proc/PID/stat, counted after the command's closing bracket; nil when the process is
  /// gone, or a zombie that only waits to be collected.
  private static func beginning(of pid: Int) -> Int? {
    guard let text = try? Path("/proc/\(pid)/stat").readText(),
      let bracket = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z" && fields[0] != "X" else { return nil }
    return Int(fields[19])
  }
}
