internal import CLinux
internal import Glibc

/// A process that this one started and has to collect.
public struct ChildProcess: Sendable, Hashable {
  /// The number of the process.
  public let pid: Int32

  /// A child by its number.
  public init(_ pid: Int32) { self.pid = pid }

  /// How a process ended.
  public enum Ending: Sendable, Equatable {
    case exited(Int32)
    case killed(signal: Int32)

    /// - Parameter status: as `waitpid` has it. WIFEXITED and friends are macros: the low seven bits are
    ///   the signal, the next eight the exit code.
    public init(status: Int32) {
      let signal = status & 0x7f
      self = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
    }

    /// As a shell tells it: 128 and the signal.
    public var code: Int32 {
      switch self {
      case .exited(let code): code
      case .killed(let signal): 128 + signal
      }
    }
  }

  /// Collects it if it has ended, without waiting; nil also where somebody else collected it.
  public func collect() -> Ending? {
    var status: Int32 = 0
    guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
    return Ending(status: status)
  }

  /// Waits for its end.
  public func wait() -> Ending {
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return Ending(status: status)
  }

  /// Waits for its end, but no longer than that; nil when it still runs.
  public func wait(atMost limit: Duration) -> Ending? {
    let deadline = ContinuousClock.now + limit
    let process = slmc_open_process(pid)
    defer { if process >= 0 { close(process) } }
    while true {
      if let ending = collect() { return ending }
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { return nil }
      // Without a descriptor for processes this is a short sleep.
      slmc_wait_for_end(process, Int32(process < 0 ? min(left, 5) : min(left.rounded(.up), 1e6)))
    }
  }

  /// Sends it a signal.
  public func send(_ signal: Int32) { kill(pid, signal) }

  /// Sends a signal to it and to what it started, where it leads a process group.
  public func sendToGroup(_ signal: Int32) { kill(-pid, signal) }
}
