import Reporting
import Testing

/// The rounding rule, checked against cases worked out by hand from its definition.
@Suite struct ValueNotationTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let value: Double
    let error: Double?
    let plain: String
    var testDescription: String { plain }

    init(_ value: Double, _ error: Double?, _ plain: String) {
      self.value = value
      self.error = error
      self.plain = plain
    }
  }

  static let cases = [
    // 355…949 keeps one digit, 100…354 two, 950…999 becomes 1000 with two kept.
    Case(0.53188, 0.00057, "0.5319(6)"), Case(0.53188, 0.00012, "0.53188(12)"),
    Case(0.827, 0.119, "0.83(12)"), Case(0.827, 0.367, "0.8(4)"), Case(0.8273, 0.0952, "0.83(10)"),
    Case(0.53188, 0.000354, "0.53188(35)"), Case(0.53188, 0.000355, "0.5319(4)"),
    Case(0.53188, 0.000949, "0.5319(9)"), Case(0.53188, 0.00095, "0.5319(10)"),
    Case(0.53188, 0.000999, "0.5319(10)"), Case(9.9996, 0.0057, "10.000(6)"),
    // Errors of one and more carry their decimal point.
    Case(12.345, 1.234, "12.3(1.2)"), Case(12.345, 6.7, "12(7)"), Case(1234.5, 57, "1230(60)"),
    Case(12345, 1234, "12300(1200)"), Case(0.3, 2.5, "0.3(2.5)"),
    // Far from one: powers of ten, shared by value and error.
    Case(12_345_678, 1234, "1.23457(12)e+07"), Case(1.2345e-7, 1.2e-9, "1.235(12)e-07"),
    Case(1_234_567, 57_000, "1.23(6)e+06"), Case(123_456, 12_345, "1.23(12)e+05"),
    Case(2e-9, 0.01, "0.000(10)"), Case(0, 1.5e-8, "0.0(1.5)e-08"),
    // Signs; a value that rounds to zero has none.
    Case(-0.53188, 0.00057, "-0.5319(6)"), Case(-0.001, 0.2, "0.00(20)"), Case(-3, -0.5, "-3.0(5)"),
    // Exact, unknown and broken errors; broken values.
    Case(0.5, 0, "0.5(0)"), Case(0.53188, .nan, "0.53188(?)"),
    Case(0.53188, .infinity, "0.53188(inf)"),
    Case(.nan, 0.1, "nan"), Case(-.infinity, 0.1, "-inf"), Case(.infinity, nil, "inf"),
    // Without error: six significant digits, no superfluous zeros.
    Case(0.05, nil, "0.05"), Case(1.0 / 3, nil, "0.333333"), Case(6, nil, "6"), Case(0, nil, "0"),
    Case(-0.0, nil, "0"), Case(1e6, nil, "1e+06"), Case(999_999.9, nil, "1e+06"),
    Case(1e-4, nil, "0.0001"), Case(1e-5, nil, "1e-05"), Case(2.5e300, nil, "2.5e+300"),
    Case(123_456, nil, "123456"),
  ]

  @Test(arguments: cases) func plainText(_ row: Case) {
    #expect(ValueNotation(row.value, error: row.error).plainText == row.plain)
  }

  @Test func tiesAreThoseOfTheShortestDecimal() {
    // 0.125 is exact in binary, 1.005 lies below the tie; both are ties to the reader's eye.
    #expect(ValueNotation(0.125, error: 0.4).plainText == "0.1(4)")
    #expect(ValueNotation(0.25, error: 0.4).plainText == "0.3(4)")
    #expect(ValueNotation(1.005, error: 0.012).plainText == "1.005(12)")
    #expect(ValueNotation(1.005, error: 0.10).plainText == "1.01(10)")
  }

  @Test func richForms() {
    let large = ValueNotation(-12_345_678, error: 1234)
    #expect(large.latex == "$-1.23457(12) \\times 10^{7}$")
    #expect(large.html == "\u{2212}1.23457(12)\u{202F}×\u{202F}10<sup>7</sup>")
    #expect(ValueNotation(.nan).latex == "--")
    #expect(ValueNotation(0.5, error: 0.012).latex == "$0.500(12)$")
  }

  /// The printed value lies within half a unit of the printed place of the true one.
  @Test func roundingErrorIsSmallAgainstTheError() throws {
    var state: UInt64 = 88_172_645_463_325_252
    func next() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }
    for _ in 0..<2000 {
      let value = (next() - 0.5) * 2000
      let error = 0.001 + next() * 40
      let text = ValueNotation(value, error: error).plainText
      let printed = try #require(Double(text.prefix { $0 != "(" }), "\(text)")
      // One digit kept from 0.355: half a unit is at most 0.5/3.55 = 14.1 % of the error.
      #expect(abs(printed - value) <= 0.1409 * error, "\(value) ± \(error) -> \(text)")
    }
  }
}
