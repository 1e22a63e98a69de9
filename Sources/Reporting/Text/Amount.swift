internal import Values

/// Durations and sizes as people read them.
package enum Amount {
  package static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<0.0995: "\(Int((max(seconds, 0) * 1000).rounded())) ms"
    case ..<9.95: "\((seconds * 10).rounded() / 10) s"
    case ..<120: "\(Int(seconds.rounded())) s"
    case ..<7200: "\(Int((seconds / 60).rounded())) min"
    case ..<172_800: "\((seconds / 360).rounded() / 10) h"
    default: "\((seconds / 8640).rounded() / 10) days"
    }
  }

  package static func bytes(_ bytes: Int) -> String { Self.bytes(Double(bytes)) }

  package static func bytes(_ bytes: Double) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    var amount = bytes
    var unit = 0
    while amount >= 999.5 && unit < units.count - 1 {
      amount /= 1000
      unit += 1
    }
    let text =
      amount < 9.95 && unit > 0
      ? "\((amount * 10).rounded() / 10)" : Value.spelling(of: amount.rounded())
    return "\(text) \(units[unit])"
  }

  /// Two decimals, enough for a z-score.
  package static func decimal(_ number: Double) -> String {
    number.isFinite ? "\((number * 100).rounded() / 100)" : "\(number)"
  }

  package static func percent(_ share: Double) -> String {
    let hundredths = (share * 1e4).rounded() / 100
    return Value.spelling(of: hundredths) + " %"
  }
}
