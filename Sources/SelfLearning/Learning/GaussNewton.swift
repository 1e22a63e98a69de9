internal import EffectiveModels
internal import LinearAlgebra

/// Levenberg's and Marquardt's damped Gauss-Newton steps for models of up to about 10^3 parameters.
///
/// Minimises sum_n r_n^2, r = ln W + H_eff / T. The normal matrix J^T J is summed over blocks of
/// samples, so the memory does not grow with them; the damping multiplies its diagonal (Marquardt,
/// 1963) and follows the ratio of actual to predicted gain.
final class GaussNewton {
  private let energy: LaneEnergy
  private let set: TrainingSet
  private let count: Int
  private var normal: Matrix
  private var gradient: [Double]
  private var energies: [Double]
  private var rows: [Double]
  private(set) var error = 0.0

  private static let block = 256

  init(_ energy: LaneEnergy, _ set: TrainingSet) {
    self.energy = energy
    self.set = set
    count = energy.parameters.count
    normal = Matrix(rows: count, columns: count)
    gradient = [Double](repeating: 0, count: count)
    energies = [Double](repeating: 0, count: Self.block)
    rows = [Double](repeating: 0, count: Self.block * count)
  }

  /// Sums J^T J, J^T r and the mean square of r at the worker's parameters.
  func linearize() {
    let scale = 1 / set.temperature
    normal = Matrix(rows: count, columns: count)
    gradient = [Double](repeating: 0, count: count)
    var sum = 0.0
    for first in stride(from: 0, to: set.count, by: Self.block) {
      let range = first..<min(first + Self.block, set.count)
      energy.gradients(set.fields, range: range, energies: &energies, rows: &rows)
      let jacobian = Matrix(
        rows: count, columns: range.count, elements: Array(rows[..<(count * range.count)]))
      multiply(
        jacobian, jacobian, second: .transposed, scale: scale * scale, keep: 1, into: &normal)
      let residuals = Matrix(
        rows: range.count, columns: 1,
        elements: range.map { set.logWeights[$0] + scale * energies[$0 - first] })
      sum += residuals.elements.reduce(0) { $0 + $1 * $1 }
      let part = jacobian * residuals
      for p in 0..<count { gradient[p] += scale * part.elements[p] }
    }
    error = sum / Double(set.count)
  }

  /// Mean square of the residuals at the worker's parameters.
  func meanSquare() -> Double { Residuals(energy, on: set).meanSquare }

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
    return (solution, gain / Double(set.count))
  }
}
