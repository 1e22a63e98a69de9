internal import CLinux
internal import FileSystem
internal import Glibc
internal import Pipeline

/// A program that is not ours, run to its end in a folder.
struct ExternalProgram {
  let words: [String]
  let folder: Path
  /// Where its standard error goes; what arrives there is passed on as it comes.
  let errors: Path

  /// How long a program may take to end after it was asked to.
  static let grace: Duration = .seconds(5)

  /// Milliseconds between looks at what it says and at whether it should stop.
  private static let pause: Int32 = 50

  /// Throws unless the program ends with exit code 0.
  func run(shouldStop: () -> Bool) throws {
    let pid = try start()
    var passedOn = 0
    var asked: ContinuousClock.Instant?
    // A look at the clock would find the end up to one pause late, in every job of a long night.
    let process = slmc_open_process(pid)
    defer { if process >= 0 { close(process) } }
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, WNOHANG) == 0 {
      passOn(from: &passedOn)
      if shouldStop() {
        let since = asked ?? .now
        if asked == nil { kill(-pid, SIGTERM) }
        if ContinuousClock.now - since > Self.grace { kill(-pid, SIGKILL) }
        asked = since
      }
      slmc_wait_for_end(process, Self.pause)
    }
    // What the program itself started has no business after its end.
    kill(-pid, SIGKILL)
    passOn(from: &passedOn)
    // A signal to the whole job may have ended the program before it was seen here.
    if status & 0x7f == SIGTERM { Self.waitBriefly(for: shouldStop) }
    if asked != nil || (status & 0x7f == SIGTERM && shouldStop()) { throw Interrupted() }
    try check(status)
  }

  /// Whoever ends a job's programs one by one needs a moment to reach this process, too.
  private static func waitBriefly(for condition: () -> Bool) {
    for _ in 0..<40 where !condition() { usleep(50_000) }
  }

  private func check(_ status: Int32) throws {
    let signal = status & 0x7f
    let code = (status >> 8) & 0xff
    guard status != 0 else { return }
    let ending =
      switch (signal, code) {
      case (0, 127): "could not be started (exit code 127)"
      case (0, _): "ended with exit code \(code)"
      default: "was ended by signal \(signal)"
      }
    let text = String(decoding: (try? errors.read()) ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").suffix(5).map { "\n  " + $0 }.joined()
    throw StageFailure("`\(words.joined(separator: " "))` \(ending)\(lines)")
  }

  private func passOn(from start: inout Int) {
    guard let size = errors.stamp?.size, size > start, let bytes = try? errors.read() else {
      return
    }
    _ = unsafe bytes[start...].withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    start = bytes.count
  }
}

extension ExternalProgram {
  private func start() throws -> pid_t {
    let program = try locate()
    let file = unsafe open(errors.description, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw SystemError("write", errors.description, code: errno) }
    defer { close(file) }
    let pid = unsafe Self.withCStrings(words) { words in
      unsafe Self.withCStrings(Self.environment(home: folder)) { environment in
        unsafe slmc_start(program.description, words, environment, folder.description, file)
      }
    }
    guard pid > 0 else { throw SystemError("start", program.description, code: errno) }
    return pid
  }

  /// Texts as C wants them, ended by a null pointer.
  private static func withCStrings(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> pid_t
  ) -> pid_t {
    let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
    let result = unsafe body(copies)
    unsafe copies.forEach { unsafe free($0) }
    return result
  }

  /// A name with a slash is a declared file, any other one of the system's programs.
  private func locate() throws -> Path {
    let name = words[0]
    if name.contains("/") { return folder / name }
    for part in Self.searchPath.split(separator: ":") {
      let candidate = Path(String(part)) / name
      if unsafe access(candidate.description, X_OK) == 0 && !candidate.isFolder { return candidate }
    }
    throw StageFailure(
      "there is no program `\(name)` in any folder of PATH; a declared file is run as ./\(name)")
  }

  private static var searchPath: String {
    unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  }

  /// All that the program sees of the environment: results must not depend on the rest.
  private static func environment(home: Path) -> [String] {
    [
      "PATH=\(searchPath)", "HOME=\(home)", "TMPDIR=\(home)", "LC_ALL=C.UTF-8",
      "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1",
    ]
  }
}
