internal import Glibc
internal import Values

/// Measures what a job costs: elapsed time, and processor time and the largest memory of this process
/// and of the programs that it started and waited for.
struct Meter {
  private let began = ContinuousClock.now
  private let atStart = (own: Usage(of: .own), children: Usage(of: .children))
  private let date = time(nil)

  private struct Usage {
    /// RUSAGE_SELF and RUSAGE_CHILDREN, which the C library declares with a type that its own function
    /// does not take.
    enum Whose: Int32 {
      case own = 0
      case children = -1
    }

    let seconds: Double
    let memory: Int

    init(of whose: Whose) {
      var usage = rusage()
      unsafe getrusage(whose.rawValue, &usage)
      seconds = Meter.seconds(usage.ru_utime) + Meter.seconds(usage.ru_stime)
      memory = Int(usage.ru_maxrss) * 1024
    }
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  var reading: Record {
    let (own, children) = (Usage(of: .own), Usage(of: .children))
    let borrowed = children.seconds - atStart.children.seconds
    return [
      "startedAt": .text(Self.text(date)), "endedAt": .text(Self.text(time(nil))),
      "endedAtSeconds": .integer(time(nil)),
      "wallSeconds": .number((ContinuousClock.now - began) / .seconds(1)),
      "cpuSeconds": .number(own.seconds - atStart.own.seconds + borrowed),
      // The largest child ever counts only where one was collected during this job.
      "peakMemoryBytes": .integer(borrowed > 0 ? max(own.memory, children.memory) : own.memory),
    ]
  }

  /// UTC as ISO 8601.
  static func text(_ time: time_t) -> String {
    var moment = time
    var parts = unsafe tm()
    unsafe gmtime_r(&moment, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    let hour = unsafe "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    return "\(day)T\(hour)Z"
  }
}
