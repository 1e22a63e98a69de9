import Randomness
import Statistics
import Testing

@Suite struct ComparisonTests {
  /// Worked by hand from the definitions.
  @Test func adjustments() {
    let p = [0.01, 0.04, 0.03, 0.5]
    #expect(MultipleTesting.none.adjust(p) == p)
    expectClose(MultipleTesting.holm.adjust(p), [0.04, 0.09, 0.09, 0.5])
    expectClose(
      MultipleTesting.benjaminiHochberg.adjust(p), [0.04, 0.04 * 4 / 3, 0.04 * 4 / 3, 0.5])
  }

  @Test func verdicts() throws {
    func verdict(
      _ a: Measurement, _ b: Measurement, resolution: Double? = nil
    ) throws -> ComparisonVerdict {
      try ResultComparison([.init("x", a, b, resolution: resolution)]).verdict
    }
    let a = Measurement(mean: 1, error: 0.1)
    let near = Measurement(mean: 1.2, error: 0.1)
    #expect(try verdict(a, a) == .identical)
    #expect(try verdict(a, near) == .consistent)
    #expect(try verdict(a, near, resolution: 0.1) == .underpowered)
    #expect(try verdict(a, near, resolution: 1) == .consistent)
    #expect(try verdict(a, Measurement(mean: 2, error: 0.1)) == .inconsistent)
    #expect(try verdict(a, Measurement(mean: 1, error: .nan)) == .underpowered)
    #expect(
      try verdict(a, Measurement(mean: 2, error: 0.1, isConverged: false)) == .underpowered)
    #expect(
      try verdict(Measurement(mean: 1, error: 0), Measurement(mean: 2, error: 0))
        == .inconsistent)
    #expect(try ResultComparison([]).verdict == .underpowered)
  }

  /// 3.5 sigma is a difference among one quantity but not among fifty.
  @Test func manyQuantitiesRaiseTheBar() throws {
    let pair = ResultComparison.Pair(
      "x", Measurement(mean: 0, error: 3), Measurement(mean: 17.5, error: 4))
    #expect(try ResultComparison([pair]).verdict == .inconsistent)
    let fine = ResultComparison.Pair(
      "y", Measurement(mean: 0, error: 1), Measurement(mean: 0.1, error: 1))
    let many = [pair] + [ResultComparison.Pair](repeating: fine, count: 49)
    #expect(try ResultComparison(many).verdict == .consistent)
    #expect(try ResultComparison(many, correction: .none).verdict == .inconsistent)
    #expect(try ResultComparison([pair]).entries[0].z == 3.5)
  }

  /// A true shift of `smallestShift` is seen with the stated power, and no shift raises the stated
  /// number of false alarms.
  @Test func powerAndLevelAreAsStated() throws {
    var random = RandomStream(key: 4, nonce: 1)
    var noise = NormalNumbers()
    var (seen, alarms) = (0, 0)
    let error = 2.0.squareRoot()
    let shift = try ResultComparison(
      [.init("x", Measurement(mean: 0, error: 1), Measurement(mean: 0, error: 1))], level: 0.05
    )
    .entries[0].smallestShift
    #expect(abs(shift - (1.959964 + 1.644854) * error) < 1e-5)
    for _ in 0..<4000 {
      for (mean, isShifted) in [(shift, true), (0, false)] {
        let a = Measurement(mean: noise.next(using: &random), error: 1)
        let b = Measurement(mean: mean + noise.next(using: &random), error: 1)
        let found = try ResultComparison([.init("x", a, b)], level: 0.05).verdict == .inconsistent
        if found && isShifted { seen += 1 }
        if found && !isShifted { alarms += 1 }
      }
    }
    // Both counts have the binomial error 14; five of them.
    #expect(abs(seen - 3800) < 70 && abs(alarms - 200) < 70)
  }

  private func expectClose(_ a: [Double], _ b: [Double]) {
    #expect(a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
