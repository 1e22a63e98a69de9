internal import LinearAlgebra
internal import Models

/// Levenberg's and Marquardt's damped Gauss-Newton steps for models of up to about 10^3 parameters.
///
/// Minimises sum_n r_n^2, r = ln W + H_eff / T. The normal matrix J^T J is summed over blocks of
/// samples, so the memory does not grow with them; the damping multiplies its diagonal (Marquardt,
/// 1963) and follows the ratio of actual to predicted gain.
final class GaussNewton {
  private let equations: ResidualEquations
  private let count: Int
  private var normal: Matrix
  private var gradient: [Double]
  private(set) var error = 0.0

  init(_ equations: ResidualEquations) {
    self.equations = equations
    count = equations.energy.parameters.count
    normal = Matrix(rows: count, columns: count)
    gradient = [Double](repeating: 0, count: count)
  }

  /// Sums J^T J, J^T r and the mean square of r at the worker's parameters.
  func linearize() {
    normal = Matrix(rows: count, columns: count)
    gradient = [Double](repeating: 0, count: count)
    var sum = 0.0
    equations.forEachBlock { block in
      let samples = block.residuals.count
      let jacobian = Matrix(
        rows: count, columns: samples, elements: Array(block.rows[..<(count * samples)]))
      multiply(
        jacobian, jacobian, second: .transposed, scale: block.scale * block.scale, keep: 1,
        into: &normal)
      let residuals = Matrix(rows: samples, columns: 1, elements: block.residuals)
      sum += residuals.elements.reduce(0) { $0 + $1 * $1 }
      let part = jacobian * residuals
      for p in 0..<count { gradient[p] += block.scale * part.elements[p] }
    }
    error = sum / Double(equations.set.count)
  }

  /// Mean square of the residuals at the worker's parameters.
  func meanSquare() -> Double { equations.meanSquare() }

  /// The step -(J^T J + damping diag J^T J)^-1 J^T r and the gain in the sum of squares that the
  /// linear model of the residuals predicts; nil when the matrix is not positive definite.
  func step(damping: Double) -> (step: [Double], predictedGain: Double)? {
    var damped = normal
    let largest = (0..<count).reduce(0) { max($0, normal[$1, $1]) }
    for p in 0..<count {
      damped[p, p] += damping * max(normal[p, p], 1e-10 * largest)
    }
    guard let solution = try? Cholesky(damped).solve(gradient.map { -$0 }),
      solution.allSatisfy(\.isFinite)
    else { return nil }
    // |r|^2 - |r + J s|^2 = -2 s.g - s.(J^T J) s, and (J^T J) s = -g - D s.
    var gain = 0.0
    for p in 0..<count {
      let added = damped[p, p] - normal[p, p]
      gain += solution[p] * (added * solution[p] - gradient[p])
    }
    return (solution, gain / Double(equations.set.count))
  }
}
