internal import CLinux
public import FileSystem
internal import Glibc

extension Launch {
  /// Runs it to its end and returns what it wrote to its output, and to its errors where those go the
  /// same way.
  ///
  /// - Parameter limit: how long it may take; after that it is ended with all that it started, and has
  ///   no ending of its own.
  public func run(within limit: Duration) throws(SystemError) -> (
    ending: ChildProcess.Ending?, output: [UInt8]
  ) {
    var ends: [Int32] = [-1, -1]
    // Closed in every other child: reading would last as long as the last of them.
    guard unsafe slmc_pipe(&ends) == 0 else { throw SystemError("start", program, code: errno) }
    defer { close(ends[0]) }
    var launch = self
    launch.output = .descriptor(ends[1])
    launch.leadsGroup = true
    let child: ChildProcess
    do {
      child = try launch.start()
      close(ends[1])
    } catch {
      close(ends[1])
      throw error
    }
    let deadline = ContinuousClock.now + limit
    let bytes = Self.read(ends[0], until: deadline)
    let left = max(.milliseconds(1), ContinuousClock.now.duration(to: deadline))
    if let ending = child.wait(atMost: left) { return (ending, bytes) }
    child.sendToGroup(SIGTERM)
    if child.wait(atMost: .seconds(1)) == nil {
      child.sendToGroup(SIGKILL)
      _ = child.wait()
    }
    return (nil, bytes)
  }

  private static func read(_ pipe: Int32, until deadline: ContinuousClock.Instant) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { return bytes }
      slmc_wait_for_end(pipe, Int32(min(left.rounded(.up), 1e6)))
      guard slmc_is_readable(pipe) != 0 else { continue }
      let count = unsafe buffer.withUnsafeMutableBytes { place in
        unsafe Glibc.read(pipe, place.baseAddress, place.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
  }
}
