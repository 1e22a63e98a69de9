internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// y = amplitude exp(rate u) with errors of y, by least squares on y itself: taking logarithms first
/// would bias the fit where the errors are not small. With u = ln x it is a power law.
struct LogLinearFit {
  let amplitude: Double
  let amplitudeError: Double
  let rate: Double
  let rateError: Double
  let chiSquared: Double

  /// Needs at least two points, all positive.
  init(u: [Double], y: [Double], errors: [Double]) throws(SeriesError) {
    // About the centre of u the two parameters are nearly independent.
    let centre = u.reduce(0, +) / Double(u.count)
    let abscissae = u.map { $0 - centre }
    let start = try LeastSquaresFit(
      polynomialOfDegree: 1, x: abscissae, y: y.map { log($0) },
      errors: zip(errors, y).map { $0 / $1 })
    var point = (level: start.parameters[0], slope: start.parameters[1])
    var step = try Self.step(at: point, abscissae, y, errors)
    var tries = 0
    while tries < 100 && step.fit.size > 1e-12 {
      tries += 1
      let next = (
        level: point.level + step.scale * step.fit.level,
        slope: point.slope + step.scale * step.fit.slope
      )
      var trial = try Self.step(at: next, abscissae, y, errors)
      if trial.chiSquared <= step.chiSquared {
        trial.scale = min(1, 2 * step.scale)
        (point, step) = (next, trial)
      } else if step.scale < 1e-10 {
        break
      } else {
        step.scale /= 2
      }
    }
    let covariance = step.fit.covariance
    amplitude = exp(point.level - point.slope * centre)
    rate = point.slope
    rateError = covariance[1, 1].squareRoot()
    // d ln a = d level - centre d slope.
    let square =
      covariance[0, 0] - 2 * centre * covariance[0, 1] + centre * centre * covariance[1, 1]
    amplitudeError = amplitude * square.squareRoot()
    chiSquared = step.chiSquared
  }

  /// A Gauss-Newton step and chi^2 where it starts.
  private struct Step {
    var fit: Linearised
    var chiSquared: Double
    var scale = 1.0
  }

  private struct Linearised {
    var level: Double
    var slope: Double
    var covariance: Matrix
    var size: Double { abs(level) + abs(slope) }
  }

  private static func step(
    at point: (level: Double, slope: Double), _ u: [Double], _ y: [Double], _ errors: [Double]
  ) throws(SeriesError) -> Step {
    let model = u.map { exp(point.level + point.slope * $0) }
    let residuals = zip(y, model).map { $0 - $1 }
    let chiSquared = zip(residuals, errors).reduce(0) { $0 + ($1.0 / $1.1) * ($1.0 / $1.1) }
    let fit = try LeastSquaresFit(
      rows: zip(u, model).map { [$1, $1 * $0] }, values: residuals, errors: errors)
    return Step(
      fit: Linearised(
        level: fit.parameters[0], slope: fit.parameters[1], covariance: fit.covariance),
      chiSquared: chiSquared)
  }
}
