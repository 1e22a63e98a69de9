internal import Glibc
internal import Values

/// RUSAGE_SELF, which the C library declares with a type that its own function does not take.
private let ownUsage: Int32 = 0

/// Measures what a job costs: elapsed and processor time, and the largest memory of the process.
struct Meter {
  private let began = ContinuousClock.now
  private let cpuAtStart = Meter.cpuSeconds
  private let date = time(nil)

  static var cpuSeconds: Double {
    var usage = rusage()
    unsafe getrusage(ownUsage, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) * 1e-6
  }

  var reading: Record {
    var usage = rusage()
    unsafe getrusage(ownUsage, &usage)
    return [
      "startedAt": .text(Self.text(date)), "endedAt": .text(Self.text(time(nil))),
      "endedAtSeconds": .integer(time(nil)),
      "wallSeconds": .number((ContinuousClock.now - began) / .seconds(1)),
      "cpuSeconds": .number(Self.cpuSeconds - cpuAtStart),
      "peakMemoryBytes": .integer(Int(usage.ru_maxrss) * 1024),
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
