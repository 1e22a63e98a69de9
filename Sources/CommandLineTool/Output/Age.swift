internal import Glibc

/// Moments of provenance, written as UTC in ISO 8601, seen from now.
enum Age {
  /// Seconds since the moment; nil when it is not one.
  static func seconds(since moment: String, now: Int) -> Int? {
    let numbers = moment.split { !$0.isNumber }.compactMap { Int32($0) }
    guard numbers.count == 6 else { return nil }
    var parts = unsafe tm()
    unsafe parts.tm_year = numbers[0] - 1900
    unsafe parts.tm_mon = numbers[1] - 1
    unsafe parts.tm_mday = numbers[2]
    unsafe parts.tm_hour = numbers[3]
    unsafe parts.tm_min = numbers[4]
    unsafe parts.tm_sec = numbers[5]
    return now - Int(unsafe timegm(&parts))
  }

  /// This moment as provenance writes it.
  static var nowText: String {
    var moment = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&moment, &parts)
    var text = [CChar](repeating: 0, count: 32)
    _ = unsafe strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static var now: Int { Int(time(nil)) }
}
