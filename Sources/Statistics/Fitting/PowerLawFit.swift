#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// y = amplitude x^exponent with errors of y, by least squares on y itself.
public struct PowerLawFit: Sendable {
  public let amplitude: Double
  public let amplitudeError: Double
  public let exponent: Double
  public let exponentError: Double
  public let chiSquared: Double
  public let degreesOfFreedom: Int
  public let probability: Double

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
  public let amplitude: Double
  public let amplitudeError: Double
  public let rate: Double
  public let rateError: Double
  public let chiSquared: Double
  public let degreesOfFreedom: Int
  public let probability: Double

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
