/// A number as it is printed: `0.5319(6)`, `1.234(12)e+07`, `0.05`.
///
/// The error is rounded by the rule of the Particle Data Group (Rev. of Particle Physics,
/// introduction, "Rounding"): with the three leading digits of the error between 100 and 354 two
/// digits are kept, between 355 and 949 one, and 950 to 999 becomes 1000 with two digits kept
/// (0.10). The value is rounded to the same place. Ties go away from zero.
public struct ValueNotation: Sendable, Hashable {
  /// The sign and digits of the number with the error in parentheses, without a power of ten.
  public let mantissa: String
  /// The power of ten to multiply with, 0 in plain notation.
  public let power: Int

  /// The notation of a value; without an error it is given to `digits` significant digits.
  public init(_ value: Double, error: Double? = nil, digits: Int = 6) {
    guard value.isFinite else {
      self.init(mantissa: NonFinite.name(of: value), power: 0)
      return
    }
    guard let error, error.isFinite, error != 0 else {
      let suffix = error.map { $0 == 0 ? "(0)" : $0.isNaN ? "(?)" : "(inf)" } ?? ""
      self.init(significant: value, digits: digits, suffix: suffix)
      return
    }
    self.init(value, finiteError: error)
  }

  private init(mantissa: String, power: Int) {
    self.mantissa = mantissa
    self.power = power
  }

  private init(significant value: Double, digits: Int, suffix: String) {
    let exact = DecimalDigits(value)
    let rounded = exact.rounded(to: exact.exponent - digits)
    let power = Self.displayPower(leading: rounded.leadingPower, last: rounded.isZero ? 0 : -3)
    let shown = rounded.scaled(byPower: -power)
    let text = shown.fixed(decimals: shown.decimalsNeeded)
    self.init(mantissa: Self.sign(of: value, rounded) + text + suffix, power: power)
  }

  private init(_ value: Double, finiteError error: Double) {
    let exactError = DecimalDigits(error)
    let kept = exactError.leading(3) < 355 || exactError.leading(3) >= 950 ? 2 : 1
    // 950…999 rounds up to 1000: one place above the leading digit, of which two are kept.
    let carried = exactError.leading(3) >= 950 ? 1 : 0
    let place = exactError.exponent + carried - kept
    let roundedError = exactError.rounded(to: place)
    let rounded = DecimalDigits(value).rounded(to: place)
    let leading = max(rounded.isZero ? Int.min : rounded.leadingPower, roundedError.leadingPower)
    let power = Self.displayPower(leading: leading, last: place)

    let decimals = max(0, power - place)
    let shownError = roundedError.scaled(byPower: -power)
    // Errors below one are written in units of the last digit, others with their point: 12.3(1.4).
    let inParentheses =
      shownError.exponent > 0
      ? shownError.fixed(decimals: decimals)
      : roundedError.scaled(byPower: -place).fixed(decimals: 0)
    let number = rounded.scaled(byPower: -power).fixed(decimals: decimals)
    self.init(
      mantissa: Self.sign(of: value, rounded) + number + "(" + inParentheses + ")", power: power)
  }

  private static func sign(of value: Double, _ rounded: DecimalDigits) -> String {
    value < 0 && !rounded.isZero ? "-" : ""
  }

  /// Plain notation between 1e-4 and 1e6, where the last digit shown is significant; powers of ten
  /// outside.
  private static func displayPower(leading: Int, last: Int) -> Int {
    leading >= 6 || leading < -4 || last > 2 ? leading : 0
  }

  /// As on a terminal or in a table to be read by eye: `1.234(12)e+07`.
  public var plainText: String {
    power == 0 ? mantissa : mantissa + (power < 0 ? "e-" : "e+") + twoDigits(power.magnitude)
  }

  /// As LaTeX, in math mode: `$1.234(12) \times 10^{7}$`.
  public var latex: String {
    switch mantissa {
    case "nan": "--"
    case "inf": "$\\infty$"
    case "-inf": "$-\\infty$"
    default: power == 0 ? "$\(mantissa)$" : "$\(mantissa) \\times 10^{\(power)}$"
    }
  }

  /// As HTML, with a real minus sign and the power as a superscript.
  public var html: String {
    let number = mantissa.hasPrefix("-") ? "\u{2212}" + mantissa.dropFirst() : mantissa
    let exponent = power < 0 ? "\u{2212}\(power.magnitude)" : "\(power)"
    return power == 0 ? number : number + "\u{202F}×\u{202F}10<sup>" + exponent + "</sup>"
  }

  /// As gnuplot's enhanced text.
  var gnuplot: String {
    let number = mantissa.hasPrefix("-") ? "\u{2212}" + mantissa.dropFirst() : mantissa
    let exponent = power < 0 ? "\u{2212}\(power.magnitude)" : "\(power)"
    return power == 0 ? number : number + "×10^{" + exponent + "}"
  }
}

private func twoDigits(_ magnitude: UInt) -> String {
  magnitude < 10 ? "0\(magnitude)" : "\(magnitude)"
}

/// The names of the numbers that are not numbers, as TSV and JSON write them.
enum NonFinite {
  static func name(of x: Double) -> String { x.isNaN ? "nan" : x > 0 ? "inf" : "-inf" }
}
