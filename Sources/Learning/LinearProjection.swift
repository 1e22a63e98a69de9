internal import LinearAlgebra
internal import Models

/// Variable projection (Golub and Pereyra, 1973): the parameters in which the residuals are linear
/// are solved for exactly while the others stand still.
enum LinearProjection {
  /// Moves the linear parameters of the worker to their least-squares values.
  ///
  /// By normal equations of the residuals with a ridge of 1e-10 of the diagonal: close to the
  /// solution, where the training is, they lose nothing, and features that a flexible model makes
  /// dependent do no harm. The fit of a linear model alone goes by singular values (`LinearFit`).
  ///
  /// - Parameter known: the mean square at the worker's parameters, where it has been computed.
  /// - Returns: the mean square that is left.
  @discardableResult
  static func apply(
    _ equations: ResidualEquations, linear: [Int], from known: Double? = nil
  ) throws(LearningError) -> Double {
    let energy = equations.energy
    let before = known ?? equations.meanSquare()
    let (normal, gradient) = normalEquations(equations, linear)
    guard before.isFinite, gradient.allSatisfy(\.isFinite) else { throw .notFinite }
    guard let factor = try? Cholesky(normal),
      let step = try? factor.solve(gradient)
    else { throw .singularFit(rank: 0, parameters: linear.count) }
    let start = energy.parameters
    var moved = start
    for (p, value) in zip(linear, step) { moved[p] -= value }
    energy.parameters = moved
    let after = equations.meanSquare()
    if after <= before { return after }
    energy.parameters = start
    return before
  }

  private static func normalEquations(
    _ equations: ResidualEquations, _ linear: [Int]
  ) -> (Matrix, [Double]) {
    let (size, all) = (linear.count, equations.energy.parameters.count)
    var normal = Matrix(rows: size, columns: size)
    var gradient = Matrix(rows: size, columns: 1)
    equations.forEachBlock(linearOnly: true) { block in
      let samples = block.residuals.count
      var jacobian = Matrix(rows: size, columns: samples)
      for n in 0..<samples {
        for (a, p) in linear.enumerated() { jacobian[a, n] = block.scale * block.rows[n * all + p] }
      }
      let residuals = Matrix(rows: samples, columns: 1, elements: block.residuals)
      multiply(jacobian, jacobian, second: .transposed, keep: 1, into: &normal)
      multiply(jacobian, residuals, keep: 1, into: &gradient)
    }
    let largest = (0..<size).reduce(0) { max($0, normal[$1, $1]) }
    for a in 0..<size { normal[a, a] += 1e-10 * normal[a, a] + 1e-14 * largest }
    return (normal, gradient.elements)
  }
}
