#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// y = amplitude x^exponent with errors of y, by least squares on y itself.
public struct PowerLawFit: Sendable {
  /// a of a x^b.
  public let amplitude: Double
  /// One standard deviation.
  public let amplitudeError: Double
  /// b of a x^b.
  public let exponent: Double
  /// One standard deviation.
  public let exponentError: Double
  /// Sum of squared residuals over squared errors.
  public let chiSquared: Double
  /// Points less parameters.
  public let degreesOfFreedom: Int
  /// Chance of a chi^2 at least this large.
  public let probability: Double

  /// Through points with errors of y.
  public init(x: [Double], y: [Double], errors: [Double]) throws(SeriesError) {
    try requireTwoPoints(x, y, errors, of: "a power law")
    guard x.allSatisfy({ $0 > 0 && $0.isFinite }), y.allSatisfy({ $0 > 0 }) else {
      throw .argument("a power law needs positive x and y")
    }
    let fit = try LogLinearFit(u: x.map { log($0) }, y: y, errors: errors)
    amplitude = fit.amplitude
    amplitudeError = fit.amplitudeError
    exponent = fit.rate
    exponentError = fit.rateError
    chiSquared = fit.chiSquared
    degreesOfFreedom = x.count - 2
    probability = fitProbability(chiSquared, degreesOfFreedom)
  }
}

/// y = amplitude exp(rate x) with errors of y, by least squares on y itself.
public struct ExponentialFit: Sendable {
  /// a of a e^(b x).
  public let amplitude: Double
  /// One standard deviation.
  public let amplitudeError: Double
  /// b of a e^(b x).
  public let rate: Double
  /// One standard deviation.
  public let rateError: Double
  /// Sum of squared residuals over squared errors.
  public let chiSquared: Double
  /// Points less parameters.
  public let degreesOfFreedom: Int
  /// Chance of a chi^2 at least this large.
  public let probability: Double

  /// Through points with errors of y.
  public init(x: [Double], y: [Double], errors: [Double]) throws(SeriesError) {
    try requireTwoPoints(x, y, errors, of: "an exponential")
    guard x.allSatisfy(\.isFinite), y.allSatisfy({ $0 > 0 }) else {
      throw .argument("an exponential needs finite x and positive y")
    }
    let fit = try LogLinearFit(u: x, y: y, errors: errors)
    amplitude = fit.amplitude
    amplitudeError = fit.amplitudeError
    rate = fit.rate
    rateError = fit.rateError
    chiSquared = fit.chiSquared
    degreesOfFreedom = x.count - 2
    probability = fitProbability(chiSquared, degreesOfFreedom)
  }
}

private func requireTwoPoints(
  _ x: [Double], _ y: [Double], _ errors: [Double], of what: String
) throws(SeriesError) {
  guard x.count == y.count, errors.count == y.count else {
    throw .unequalLengths([x.count, y.count, errors.count])
  }
  guard x.count >= 2 else { throw .argument("\(what) needs at least 2 points") }
  try requireUsable(y, errors)
}
