internal import Glibc
internal import MonteCarlo

/// Elapsed and processor time of the calling thread, for the timing columns.
enum ThreadClock {
  static func now() -> ChainTime {
    ChainTime(wall: seconds(CLOCK_MONOTONIC), cpu: seconds(CLOCK_THREAD_CPUTIME_ID))
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
