internal import Glibc
internal import Values

/// Smallest and largest of each number that a stage's artifacts put forward.
struct HighlightRanges {
  private(set) var ranges: [String: ClosedRange<Double>] = [:]
  private var latest: [String: Double] = [:]

  /// What a physicist looks at first; the rest is in `show`.
  static let shown = ["acceptance", "acceptancePredicted", "tau", "relativeError"]

  mutating func add(_ highlights: Record) {
    latest = [:]
    for (name, value) in highlights.elements {
      guard let number = value.number, number.isFinite else { continue }
      latest[name] = number
      let range = ranges[name] ?? number...number
      ranges[name] = min(range.lowerBound, number)...max(range.upperBound, number)
    }
  }

  var text: String { parts.isEmpty ? "" : "; " + parts.joined(separator: ", ") }

  /// As in `acceptance 0.5 to 0.6`.
  var parts: [String] {
    Self.shown.compactMap { name in
      ranges[name].map { range in
        let (low, high) = (Self.short(range.lowerBound), Self.short(range.upperBound))
        return low == high ? "\(name) \(low)" : "\(name) \(low) to \(high)"
      }
    }
  }

  /// The numbers of what was added last.
  var last: String {
    Self.shown.compactMap { name in latest[name].map { ", \(name) \(Self.short($0))" } }.joined()
  }

  /// Three significant digits.
  static func short(_ number: Double) -> String {
    guard number != 0 else { return "0" }
    let digits = 2 - Int(floor(log10(abs(number))))
    let scale = pow(10, Double(digits))
    let rounded = (number * scale).rounded() / scale
    let text = "\(rounded.isFinite ? rounded : number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
