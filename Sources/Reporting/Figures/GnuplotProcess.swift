#if canImport(Glibc)
  internal import Glibc
#endif

/// One run of gnuplot on a script in a directory.
struct GnuplotProcess {
  enum Outcome {
    case finished(status: Int, messages: String)
    case notFound
    case failedToStart(reason: String)
  }

  let command: String

  /// Runs a script in its directory with a fixed locale and without the user's start-up files, so
  /// that the same script gives the same bytes for everyone.
  ///
  /// Messages go to a file, not a pipe: a pipe's end could be inherited by a process that another
  /// thread starts at the same time, and reading would last as long as that process.
  func run(script: String, in directory: String) -> Outcome {
    let log = "\(directory)/.\(script).messages-\(getpid())"
    defer { OutputFile.remove(log) }
    let process: pid_t
    switch spawn(script: script, in: directory, log: log) {
    case .success(let started): process = started
    case .failure(let failure) where failure.code == ENOENT: return .notFound
    case .failure(let failure): return .failedToStart(reason: failure.reason)
    }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let messages = (try? OutputFile.read(log)) ?? []
    // The low seven bits are the signal that ended the process, the next eight its exit status.
    let exit = status & 0x7F == 0 ? Int(status >> 8) & 0xFF : 128 + Int(status & 0x7F)
    if exit == 127, messages.isEmpty { return .notFound }
    return .finished(status: exit, messages: String(decoding: messages, as: UTF8.self))
  }

  private func spawn(
    script: String, in directory: String, log: String
  ) -> Result<pid_t, FileFailure> {
    var process: pid_t = 0
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // -d: no ~/.gnuplot, no site-wide gnuplotrc. The script names its files relative to itself.
    let change = "cd '" + directory.replacing("'", with: "''") + "'"
    let code = unsafe withCStrings([command, "-d", "-e", change, script]) { arguments in
      unsafe withCStrings(Self.environment()) { environment in
        unsafe posix_spawnp(&process, command, &actions, nil, arguments, environment)
      }
    }
    return code == 0 ? .success(process) : .failure(FileFailure(path: command, code: code))
  }

  private static func environment() -> [String] {
    let kept = ["PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "LD_LIBRARY_PATH"]
    return kept.compactMap { name in
      unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
    } + ["LC_ALL=C.UTF-8"]
  }
}

/// Calls `body` with a null-terminated array of C strings that live as long as the call.
@unsafe private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
  defer { unsafe pointers.forEach { unsafe free($0) } }
  return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("the terminator is there") }
    return unsafe body(UnsafePointer(base))
  }
}
