import Glibc
import Statistics
import Testing

@Suite struct DistributionTests {
  /// For two degrees of freedom the tail is exp(-x/2), for four (1 + x/2) exp(-x/2), and for one
  /// it is erfc(sqrt(x/2)).
  @Test(arguments: [0.01, 0.5, 1, 3, 10, 80]) func chiSquaredClosedForms(x: Double) {
    #expect(relative(chiSquaredTail(x, degreesOfFreedom: 2), exp(-x / 2)) < 1e-12)
    #expect(relative(chiSquaredTail(x, degreesOfFreedom: 4), (1 + x / 2) * exp(-x / 2)) < 1e-12)
    #expect(relative(chiSquaredTail(x, degreesOfFreedom: 1), erfc((x / 2).squareRoot())) < 1e-11)
  }

  @Test func chiSquaredEdges() {
    #expect(chiSquaredTail(0, degreesOfFreedom: 3) == 1)
    #expect(chiSquaredTail(.infinity, degreesOfFreedom: 3) == 0)
    // The median of a large chi^2 is near n - 2/3.
    #expect(abs(chiSquaredTail(10_000 - 2.0 / 3, degreesOfFreedom: 10_000) - 0.5) < 1e-4)
  }

  @Test(arguments: [-30.0, -6, -1, -0.1, 0, 0.3, 2, 5]) func quantileInvertsTheTail(z: Double) {
    let p = 0.5 * erfc(-z / 2.0.squareRoot())
    #expect(abs(normalQuantile(p) - z) < 1e-9 * max(1, abs(z)))
  }

  @Test func knownQuantiles() {
    #expect(abs(normalQuantile(0.975) - 1.959963984540054) < 1e-14)
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
    #expect(abs(twoSidedNormalTail(-1.959963984540054) - 0.05) < 1e-15)
    #expect(abs(gaussianAcceptance(residual: 0.585) - 0.6791) < 1e-4)
  }

  private func relative(_ a: Double, _ b: Double) -> Double { abs(a - b) / b }
}
