import Glibc
import LinearAlgebra
import Randomness
import Statistics
import Testing

@Suite struct FitTests {
  /// A straight line has textbook formulas (Bevington): checked on four points.
  @Test func straightLine() throws {
    let (x, y, e) = ([0.0, 1, 2, 4], [1.1, 2.9, 5.2, 8.8], [0.1, 0.2, 0.2, 0.4])
    let fit = try LeastSquaresFit(polynomialOfDegree: 1, x: x, y: y, errors: e)
    let w = e.map { 1 / ($0 * $0) }
    let s = w.reduce(0, +)
    let sx = zip(w, x).reduce(0) { $0 + $1.0 * $1.1 }
    let sy = zip(w, y).reduce(0) { $0 + $1.0 * $1.1 }
    let sxx = zip(w, x).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    let sxy = zip(w, zip(x, y)).reduce(0) { $0 + $1.0 * $1.1.0 * $1.1.1 }
    let determinant = s * sxx - sx * sx
    #expect(abs(fit.parameters[0] - (sxx * sy - sx * sxy) / determinant) < 1e-12)
    #expect(abs(fit.parameters[1] - (s * sxy - sx * sy) / determinant) < 1e-12)
    #expect(abs(fit.errors[0] - (sxx / determinant).squareRoot()) < 1e-12)
    #expect(abs(fit.covariance[0, 1] + sx / determinant) < 1e-12)
    #expect(fit.degreesOfFreedom == 2 && abs(fit.probability - exp(-fit.chiSquared / 2)) < 1e-12)
  }

  /// Pulls of fitted parameters and the spread of p over 2000 noisy parabolas.
  @Test func pullsAreNormal() throws {
    var random = RandomStream(key: 3, nonce: 1)
    var noise = NormalNumbers()
    let x = (0..<8).map { Double($0) / 3 }
    var (squares, low) = (0.0, 0)
    for _ in 0..<2000 {
      let e = x.map { 0.1 + 0.05 * $0 }
      let y = zip(x, e).map { 1 - $0 + 0.5 * $0 * $0 + $1 * noise.next(using: &random) }
      let fit = try LeastSquaresFit(polynomialOfDegree: 2, x: x, y: y, errors: e)
      let pull = (fit.parameters[2] - 0.5) / fit.errors[2]
      squares += pull * pull / 2000
      low += fit.probability < 0.1 ? 1 : 0
    }
    // Five sigma: 0.16 for the variance, 34 for the count about 200.
    #expect(abs(squares - 1) < 0.16)
    #expect(abs(low - 200) < 67)
  }

  /// Exact data come back exactly, whatever their errors; bad points are refused.
  @Test func exponential() throws {
    let x = [0.0, 1, 2.5, 4]
    let fit = try ExponentialFit(
      x: x, y: x.map { 0.7 * exp(-1.3 * $0) }, errors: [0.1, 0.02, 0.1, 0.05])
    #expect(abs(fit.amplitude - 0.7) < 1e-10 && abs(fit.rate + 1.3) < 1e-10)
    #expect(fit.chiSquared < 1e-18 && fit.degreesOfFreedom == 2)
    #expect(throws: SeriesError.self) { try ExponentialFit(x: [1], y: [1], errors: [1]) }
    #expect(throws: SeriesError.self) {
      try ExponentialFit(x: [1, 2], y: [1, -1], errors: [1, 1])
    }
    #expect(throws: SeriesError.self) {
      try ExponentialFit(x: [1, 2], y: [1, 1], errors: [1, 0])
    }
  }

  @Test func powerLaw() throws {
    var random = RandomStream(key: 3, nonce: 2)
    var noise = NormalNumbers()
    let x = [4.0, 6, 8, 10, 12, 16]
    var squares = (0.0, 0.0)
    for _ in 0..<1000 {
      let e = x.map { 0.05 * 3 * pow($0, 2.5) }
      let y = zip(x, e).map { 3 * pow($0, 2.5) + $1 * noise.next(using: &random) }
      let fit = try PowerLawFit(x: x, y: y, errors: e)
      let pulls = (
        (fit.exponent - 2.5) / fit.exponentError, (fit.amplitude - 3) / fit.amplitudeError
      )
      squares.0 += pulls.0 * pulls.0 / 1000
      squares.1 += pulls.1 * pulls.1 / 1000
    }
    // Five sigma of a variance from 1000 is 0.22; the amplitude is slightly skewed.
    #expect(abs(squares.0 - 1) < 0.25 && abs(squares.1 - 1) < 0.3)
    let exact = try PowerLawFit(
      x: x, y: x.map { 0.2 * pow($0, -1.5) }, errors: x.map { _ in 1e-3 })
    #expect(abs(exact.exponent + 1.5) < 1e-10 && abs(exact.amplitude - 0.2) < 1e-10)
    #expect(exact.chiSquared < 1e-15)
  }

  @Test func badInput() {
    func text(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "nothing thrown"
      } catch { return "\(error)" }
    }
    let ones = [1.0, 1]
    #expect(
      text { _ = try LeastSquaresFit(rows: [[1], [1]], values: ones, errors: [1, 0]) }
        .contains("must be positive"))
    #expect(
      text { _ = try LeastSquaresFit(rows: [[1, 1], [1, 1]], values: ones, errors: ones) }
        .contains("singular"))
    #expect(
      text { _ = try LeastSquaresFit(rows: [[1, 1, 1], [1, 2, 4]], values: ones, errors: ones) }
        .contains("2 points do not determine 3"))
    #expect(
      text { _ = try LeastSquaresFit(rows: [[1], [1]], values: [1, .nan], errors: ones) }
        .contains("not a finite number"))
    #expect(
      text { _ = try PowerLawFit(x: [1, -2], y: ones, errors: ones) }
        .contains("positive x and y"))
  }
}
