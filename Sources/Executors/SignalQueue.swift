internal import Glibc

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
