internal import FileSystem
internal import Glibc

/// A process among all hosts, reboots and containers: host, boot, PID namespace, pid and the time the
/// process began.
///
/// A pid alone is reused, and a pid of another host, boot or namespace says nothing here.
public struct ProcessIdentity: Sendable, Hashable, CustomStringConvertible {
  /// The machine's name.
  public let host: String
  /// What tells one start of the machine from the next.
  public let boot: String
  /// The PID namespace; nil in what earlier versions wrote, which told hosts and boots apart alone.
  public let space: String?
  /// The number of the process, as its container counts.
  public let pid: Int
  /// When it started, in the kernel's ticks: numbers of processes are used again.
  public let began: Int

  /// This process.
  public static let current = ProcessIdentity(
    host: hostName(), boot: bootName(), space: spaceName(), pid: Int(getpid()),
    began: beginning(of: "self") ?? 0)

  init(host: String, boot: String, space: String?, pid: Int, began: Int) {
    self.host = host
    self.boot = boot
    self.space = space
    self.pid = pid
    self.began = began
  }

  public var description: String { "process \(pid) on \(host)" }

  /// The identity as part of a file name: host~boot~space~pid~began.
  public var tag: String {
    ([host, boot] + [space].compactMap { $0 } + ["\(pid)", "\(began)"]).joined(separator: "~")
  }

  /// Reads a tag; what follows the first dot after it is ignored.
  public init?(tag: String) {
    let parts = tag.split(separator: "~", omittingEmptySubsequences: false)
    guard parts.count == 4 || parts.count == 5, let pid = Int(parts[parts.count - 2]),
      let began = Int(parts[parts.count - 1].prefix { $0.isNumber })
    else { return nil }
    self.init(
      host: String(parts[0]), boot: String(parts[1]),
      space: parts.count == 5 ? String(parts[2]) : nil, pid: pid, began: began)
  }

  /// Whether the process is known to be gone. false for whatever cannot be looked up from here, be it
  /// another host, another boot (of a machine that may share our name) or another container: its
  /// heartbeat has to tell.
  public var hasEnded: Bool {
    let own = Self.current
    if self == own { return false }
    guard host == own.host else { return false }
    guard let space else { return boot != own.boot || Self.beginning(of: "\(pid)") != began }
    guard boot == own.boot, space == own.space, Self.seesOthers else { return false }
    return Self.beginning(of: "\(pid)") != began
  }

  /// Whether it is of this host's name and another boot: of another machine, or of this one before it was
  /// started again.
  var isOfAnotherBoot: Bool {
    host == Self.current.host && boot != Self.current.boot && space != nil
  }

  /// /proc may show the processes of another namespace, where pids mean others.
  private static let seesOthers = Path("/proc/self").target == "\(getpid())"

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

  /// The number in `pid:[4026531836]`.
  private static func spaceName() -> String {
    Path("/proc/self/ns/pid").target.map { String($0.filter(\.isNumber)) } ?? "unknown"
  }

  /// Field 22 of /proc/PID/stat, counted after the command's closing bracket; nil when the process is
  /// gone, or a zombie that only waits to be collected.
  private static func beginning(of process: String) -> Int? {
    guard let text = try? Path("/proc/\(process)/stat").readText(),
      let bracket = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: bracket)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z" && fields[0] != "X" else { return nil }
    return Int(fields[19])
  }
}
