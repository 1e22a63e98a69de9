internal import EffectiveModels
internal import LinearAlgebra

/// Variable projection (Golub and Pereyra, 1973): the parameters in which the residuals are linear
/// are solved for exactly while the others stand still.
enum LinearProjection {
  /// Moves the linear parameters of `energy` to their least-squares values on `set`.
  ///
  /// By normal equations of the residuals with a ridge of 1e-10 of the diagonal: close to the
  /// solution, where the training is, they lose nothing, and features that a flexible model makes
  /// dependent do no harm. The fit of a linear model alone goes by singular values (`LinearFit`).
  static func apply(
    _ energy: LaneEnergy, linear: [Int], on set: TrainingSet
  ) throws(LearningError) {
    let before = Residuals(energy, on: set).meanSquare
    let (normal, gradient) = normalEquations(energy, linear, set)
    guard gradient.allSatisfy(\.isFinite), let factor = try? Cholesky(normal),
      let step = try? factor.solve(gradient)
    else { throw .singularFit(rank: 0, parameters: linear.count) }
    let start = energy.parameters
    var moved = start
    for (p, value) in zip(linear, step) { moved[p] -= value }
    energy.parameters = moved
    if !(Residuals(energy, on: set).meanSquare <= before) { energy.parameters = start }
  }

  private static func normalEquations(
    _ energy: LaneEnergy, _ linear: [Int], _ set: TrainingSet
  ) -> (Matrix, [Double]) {
    let (size, all, block) = (linear.count, energy.parameters.count, 256)
    let scale = 1 / set.temperature
    var energies = [Double](repeating: 0, count: block)
    var rows = [Double](repeating: 0, count: block * all)
    var normal = Matrix(rows: size, columns: size)
    var gradient = Matrix(rows: size, columns: 1)
    for first in stride(from: 0, to: set.count, by: block) {
      let range = first..<min(first + block, set.count)
      energy.gradients(set.fields, range: range, energies: &energies, rows: &rows)
      var jacobian = Matrix(rows: size, columns: range.count)
      var residuals = Matrix(rows: range.count, columns: 1)
      for n in 0..<range.count {
        for (a, p) in linear.enumerated() { jacobian[a, n] = scale * rows[n * all + p] }
        residuals[n, 0] = set.logWeights[first + n] + scale * energies[n]
      }
      multiply(jacobian, jacobian, second: .transposed, keep: 1, into: &normal)
      multiply(jacobian, residuals, keep: 1, into: &gradient)
    }
    let largest = (0..<size).reduce(0) { max($0, normal[$1, $1]) }
    for a in 0..<size { normal[a, a] += 1e-10 * normal[a, a] + 1e-14 * largest }
    return (normal, gradient.elements)
  }
}
