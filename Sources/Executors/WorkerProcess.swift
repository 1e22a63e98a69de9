internal import CLinux
internal import FileSystem
internal import Glibc

/// A child process that does one job, with its own log.
struct WorkerProcess {
  let pid: pid_t

  /// Starts `executable arguments…` with output to `log`, all signals at their defaults.
  ///
  /// - Parameter name: what the process list shows.
  init(executable: Path, name: String, arguments: [String], log: Path) throws(SystemError) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(
      &actions, 1, log.description, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

    var words = unsafe ([name] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { for place in unsafe words.indices { unsafe free(words[place]) } }
    var child: pid_t = 0
    let code = unsafe posix_spawn(
      &child, executable.description, &actions, &attributes, words, environ)
    guard code == 0 else { throw SystemError("start", executable.description, code: code) }
    pid = child
  }

  /// How a child ended.
  enum Ending {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Collects the child if it has ended, without waiting; others' children are theirs to collect.
  func collect() -> Ending? {
    var status: Int32 = 0
    guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
    // WIFEXITED and friends are macros: the low seven bits are the signal.
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }

  func terminate(_ signal: Int32) { kill(pid, signal) }
}

/// Signals as events of a loop instead of handlers: blocked, then waited for with a time limit.
struct SignalQueue {
  private var set = sigset_t()
  private var previous = sigset_t()

  /// - Parameter warning: whether to take SIGUSR1, a cluster's word that time runs out.
  init(warning: Bool = false) {
    unsafe sigemptyset(&set)
    for signal in [SIGCHLD, SIGINT, SIGTERM] + (warning ? [SIGUSR1] : []) {
      unsafe sigaddset(&set, signal)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &set, &previous)
  }

  /// The next signal, or nil after `milliseconds`.
  mutating func wait(milliseconds: Int) -> Int32? {
    var limit = timespec(
      tv_sec: milliseconds / 1000, tv_nsec: (milliseconds % 1000) * 1_000_000)
    let signal = unsafe sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  mutating func restore() { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
}
