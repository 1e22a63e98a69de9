internal import LinearAlgebra

/// A short sum of poles in place of the infinite Matsubara sum of the hyperbolic tangent:
///
///     tanh(y) ~ sum_p c_p y / (y^2 + b_p^2)   for |y| <= Y,   y = (E - mu) / 2T,  f = (1 - tanh y) / 2
///     ln 2cosh(y) ~ ln 2 + sum_p (c_p / 2) ln(1 + y^2 / b_p^2)
///
/// tanh(y)/y is a Stieltjes function of y^2, so its good rational approximants have simple poles
/// on the imaginary axis with real weights: every logarithm that follows is real, and no branch
/// has to be chosen. Poles come from a rational Krylov space built greedily (`PoleSearch`),
/// weights from least squares, and the error is the worst one found on a fine grid.
public struct PoleExpansion: Sendable, Equatable {
  /// Y.
  public let halfWidth: Double
  /// b_p in ascending order.
  public let poles: [Double]
  /// c_p.
  public let weights: [Double]
  /// max |tanh(y) - sum| over |y| <= Y, with a margin of a tenth and room for rounding.
  public let errorBound: Double
  /// max |ln cosh(y) - sum_p (c_p / 2) ln(1 + y^2 / b_p^2)| over |y| <= Y, with the same margin.
  public let logErrorBound: Double

  /// An expansion with poles and weights that were found before.
  public init(halfWidth: Double, poles: [Double], weights: [Double]) {
    self.halfWidth = halfWidth
    self.poles = poles
    self.weights = weights
    let grid = gradedGrid(to: halfWidth, count: 6000)
    errorBound =
      Self.rounding + 1.1
      * grid.reduce(0) { max($0, abs(hyperbolicTangent($1) - Self.sum($1, poles, weights))) }
    logErrorBound =
      Self.rounding + 1.1
      * grid.reduce(0) { worst, y in
        let exact = y + softplus(2 * y) - naturalLogarithm(2)
        let found = zip(poles, weights).reduce(0) {
          $0 + $1.1 / 2 * logarithmOfOnePlus(y * y / ($1.0 * $1.0))
        }
        return max(worst, abs(exact - found))
      }
  }

  /// The shortest expansion found whose error bound is at most `tolerance`; the best one found
  /// when none is.
  public static func search(halfWidth: Double, tolerance: Double) -> PoleExpansion {
    search(halfWidth: halfWidth, until: { $0.errorBound <= tolerance })
  }

  /// The shortest expansion found whose error in ln cosh is at most `logTolerance`, if any.
  static func search(halfWidth: Double, logTolerance: Double) -> PoleExpansion? {
    let found = search(halfWidth: halfWidth, until: { $0.logErrorBound <= logTolerance })
    return found.logErrorBound <= logTolerance ? found : nil
  }

  private static func search(
    halfWidth: Double, until isGood: (PoleExpansion) -> Bool
  ) -> PoleExpansion {
    let grid = gradedGrid(to: halfWidth, count: 600)
    var search = PoleSearch(halfWidth: halfWidth)
    var best = PoleExpansion(halfWidth: halfWidth, poles: [], weights: [])
    for _ in 0..<mostPoles {
      search.extend(grid)
      for weights in [fittedWeights(search.poles, grid), search.weights] {
        let found = PoleExpansion(
          halfWidth: halfWidth, poles: search.poles, weights: weights)
        if found.errorBound < best.errorBound { best = found }
      }
      if isGood(best) || search.isExhausted { break }
    }
    return best
  }

  static let mostPoles = 40
  /// Differences of numbers near 1 are not better than this.
  static let rounding = 1e-15

  /// The sum over the poles at a point.
  public func callAsFunction(_ y: Double) -> Double { Self.sum(y, poles, weights) }

  private static func sum(_ y: Double, _ poles: [Double], _ weights: [Double]) -> Double {
    zip(poles, weights).reduce(0) { $0 + $1.1 * y / (y * y + $1.0 * $1.0) }
  }

  /// Least squares for the weights of given poles, columns scaled to unit norm.
  private static func fittedWeights(_ poles: [Double], _ grid: [Double]) -> [Double] {
    var matrix = Matrix(rows: grid.count, columns: poles.count)
    var norms = [Double](repeating: 0, count: poles.count)
    for (j, pole) in poles.enumerated() {
      for (i, y) in grid.enumerated() {
        matrix[i, j] = y / (y * y + pole * pole)
        norms[j] += matrix[i, j] * matrix[i, j]
      }
      norms[j] = norms[j].squareRoot()
      for i in grid.indices { matrix[i, j] /= norms[j] }
    }
    guard let fit = try? LeastSquares(matrix, grid.map(hyperbolicTangent)) else { return norms }
    return zip(fit.solution, norms).map { $0 / $1 }
  }
}

/// Points in (0, Y], dense near 0 where tanh bends and near the end (Chebyshev in asinh y).
func gradedGrid(to halfWidth: Double, count: Int) -> [Double] {
  let scale = inverseHyperbolicSine(halfWidth)
  return (1...count).map {
    let u = (1 - cosine(.pi * Double($0) / Double(count))) / 2
    return hyperbolicSine(u * scale)
  }
}
