internal import LinearAlgebra
public import Models
internal import MonteCarlo

/// Least squares for the parameters in which a model is linear, the others held fixed:
/// ln W = -H_eff / T with H_eff = sum_a theta_a dH/dtheta_a.
///
/// Solved by singular values, so that a combination of parameters that the samples do not determine
/// is reported and not made up.
public enum LinearFit {
  /// The fitted parameters of `energy`, by their index in the buffer.
  public static func solve(
    _ energy: any BatchEnergy, linear: [Int], on set: TrainingSet
  ) throws(LearningError) -> [Double] {
    guard set.count >= 2 * linear.count else {
      throw .tooFewSamples(samples: set.count, parameters: linear.count)
    }
    let columns = derivatives(energy, linear, set)
    do {
      let fit = try LeastSquares(
        columns, set.logWeights.map { -set.temperature * $0 }, cut: 1e-12)
      guard fit.rank == linear.count else {
        throw LearningError.singularFit(rank: fit.rank, parameters: linear.count)
      }
      return fit.solution
    } catch let error as LearningError {
      throw error
    } catch {
      throw .failed("least squares: \(error)")
    }
  }

  /// `model` with its linear parameters fitted on the training chains, judged on the others.
  public static func fit(
    _ model: any TrainableModel, on set: TrainingSet, heldOut fraction: Double = 0.25
  ) throws(LearningError) -> TrainingOutcome {
    let (training, heldOut) = try set.split(heldOut: fraction)
    let energy = try worker(of: model, on: set)
    let solution = try solve(energy, linear: model.linearParameters, on: training)
    var parameters = energy.parameters
    for (index, value) in zip(model.linearParameters, solution) { parameters[index] = value }
    energy.parameters = parameters
    var fitted = model
    fitted.parameters.values = parameters
    let judged = Residuals(energy, on: heldOut)
    let point = LearningPoint(
      step: 1, trainingError: Residuals(energy, on: training).meanSquare,
      heldOutError: judged.meanSquare)
    return TrainingOutcome(
      model: fitted, residualSigma: judged.variance.squareRoot(), learningCurve: [point])
  }

  private static func derivatives(
    _ energy: any BatchEnergy, _ linear: [Int], _ set: TrainingSet
  ) -> Matrix {
    let all = energy.parameters.count
    var matrix = Matrix(rows: set.count, columns: linear.count)
    let block = 256
    var energies = [Double](repeating: 0, count: block)
    var rows = [Double](repeating: 0, count: block * all)
    for first in stride(from: 0, to: set.count, by: block) {
      let range = first..<min(first + block, set.count)
      energy.gradients(
        set.fields, range: range, energies: &energies, rows: &rows, linearOnly: true)
      for n in range {
        for (a, p) in linear.enumerated() { matrix[n, a] = rows[(n - first) * all + p] }
      }
    }
    return matrix
  }
}

/// A worker of the model on the lattice of the samples.
func worker(
  of model: any TrainableModel, on set: TrainingSet
) throws(LearningError) -> any BatchEnergy {
  do {
    return try model.makeBatchEnergy(on: set.lattice)
  } catch {
    throw .failed(error.description)
  }
}
