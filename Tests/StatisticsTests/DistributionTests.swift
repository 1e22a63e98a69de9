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

  /// One degree of freedom is Cauchy's distribution, two has an algebraic tail, many the normal one.
  @Test(arguments: [0.0, 0.1, 1, 2.5, 7, 60]) func studentClosedForms(t: Double) {
    let one = 1 - 2 / Double.pi * atan(t)
    #expect(abs(twoSidedStudentTail(t, degreesOfFreedom: 1) - one) < 1e-13)
    let two = 1 - t / (2 + t * t).squareRoot()
    #expect(abs(twoSidedStudentTail(-t, degreesOfFreedom: 2) - two) < 1e-13)
    #expect(
      twoSidedStudentTail(t, degreesOfFreedom: .infinity) == twoSidedNormalTail(t))
    // The first correction to the normal tail is of the relative size t^4 / 4 nu.
    if t > 0 && t < 8 {
      let many = twoSidedStudentTail(t, degreesOfFreedom: 5e6)
      #expect(relative(many, twoSidedNormalTail(t)) < 1e-6 + t * t * t * t / 1.9e7)
    }
  }

  /// Far tails keep their relative accuracy: for two degrees of freedom the tail is about 1 / t^2.
  @Test func studentTailsFarOut() {
    #expect(relative(twoSidedStudentTail(1e6, degreesOfFreedom: 2), 1e-12) < 1e-9)
    #expect(twoSidedStudentTail(.infinity, degreesOfFreedom: 3) == 0)
    // From a table of the distribution.
    #expect(abs(twoSidedStudentQuantile(tail: 0.05, degreesOfFreedom: 10) - 2.228139) < 1e-6)
    for tail in [0.9, 0.1, 1e-3, 1e-9] {
      let t = twoSidedStudentQuantile(tail: tail, degreesOfFreedom: 7.5)
      #expect(relative(twoSidedStudentTail(t, degreesOfFreedom: 7.5), tail) < 1e-9)
    }
  }

  private func relative(_ a: Double, _ b: Double) -> Double { abs(a - b) / b }
}
