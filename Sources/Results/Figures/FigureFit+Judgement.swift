internal import Glibc
internal import Reporting

extension FigureFit {
  /// Whether the points tell the amplitude of a power law or an exponential at all: a factor that is
  /// known to no better than itself gives no curve.
  var isDetermined: Bool {
    switch form {
    case .powerLaw(let amplitude, _), .exponential(let amplitude, _):
      (amplitude.error ?? 0) < abs(amplitude.value)
    case .constant, .line: true
    }
  }

  /// For tables, in words.
  var judgement: String {
    guard isDetermined else { return "not determined" }
    guard let quality else { return "not judged: no errors, or as many parameters as points" }
    return quality.describesTheData ? "describes the data" : "does not describe the data"
  }

  /// `chi^2/nu = 31.4/2, p = 2e-07`.
  var goodness: String {
    guard let quality else { return "" }
    let chance = quality.probability.map { ", p = \(Self.short($0))" } ?? ""
    return "chi^2/nu = \(Self.short(quality.chiSquared))/\(quality.degreesOfFreedom)\(chance)"
  }

  /// Two significant digits.
  private static func short(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return "\(value)" }
    let scale = pow(10, (1 - floor(log10(value))))
    guard scale.isFinite else { return "0" }
    return "\((value * scale).rounded() / scale)"
  }
}
