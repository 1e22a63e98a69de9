public import Models
internal import MonteCarlo

/// Settings of a Levenberg-Marquardt training.
public struct LevenbergMarquardtSettings: Sendable, Equatable {
  /// Most of them.
  public var iterations: Int
  /// Damping to start from; it adapts.
  public var damping: Double
  /// Stops after this many iterations without a better error on the held-out chains.
  public var patience: Int
  /// Share of the chains held out.
  public var heldOut: Double
  /// Solves for the linear parameters after every step too (variable projection).
  public var projectsLinearPart: Bool
  /// Fits the forces of the samples too.
  public var forces: ForceMatching?

  /// Settings; those left out are the usual ones.
  public init(
    iterations: Int = 60, damping: Double = 1e-3, patience: Int = 12, heldOut: Double = 0.25,
    projectsLinearPart: Bool = true, forces: ForceMatching? = nil
  ) {
    self.iterations = iterations
    self.damping = damping
    self.patience = patience
    self.heldOut = heldOut
    self.projectsLinearPart = projectsLinearPart
    self.forces = forces
  }
}

/// A training by damped Gauss-Newton steps that can stop anywhere and continue bit for bit.
///
/// Between iterations its whole state is `state`: two trainings with equal samples, settings and
/// state go on equally.
public final class LevenbergMarquardt: Training {
  private let model: any TrainableModel
  private let settings: LevenbergMarquardtSettings
  private let energy: any BatchEnergy
  private let training: TrainingSet
  private let heldOut: TrainingSet
  private let equations: ResidualEquations
  private let solver: GaussNewton
  public private(set) var state: TrainingState

  /// A training that begins, or goes on from a state.
  public init(
    _ model: any TrainableModel, on set: TrainingSet, settings: LevenbergMarquardtSettings = .init()
  ) throws(LearningError) {
    (training, heldOut) = try set.split(heldOut: settings.heldOut)
    let count = model.parameters.values.count
    guard training.count >= 2 * count else {
      throw .tooFewSamples(samples: training.count, parameters: count)
    }
    self.model = model
    self.settings = settings
    energy = try worker(of: model, on: set)
    equations = ResidualEquations(energy, training, settings.forces)
    solver = GaussNewton(equations)
    state = TrainingState(parameters: model.parameters.values, damping: settings.damping)
    let error = try projectLinearPart(from: nil)
    state.best = energy.parameters
    state.parameters = energy.parameters
    try record(error)
  }

  /// Gradients of all samples, the normal matrix and its factors.
  public var multiplicationsPerStep: Double {
    let rows = Double(training.count) * (1 + 2 * Double(settings.forces?.directions ?? 0))
    let (count, energy) = (
      Double(state.parameters.count), Double(model.multiplications(on: training.lattice))
    )
    return rows * (3 * energy + count * count) + count * count * count / 6
  }

  public func restore(_ state: TrainingState) throws(LearningError) {
    guard state.parameters.count == energy.parameters.count else {
      throw .foreignState("the saved training has \(state.parameters.count) parameters")
    }
    self.state = state
  }

  /// Whether there is nothing more to gain.
  public var isFinished: Bool {
    state.step >= settings.iterations || state.sinceBest >= settings.patience
      || state.damping > 1e8
  }

  public func advance() throws(LearningError) {
    energy.parameters = state.parameters
    solver.linearize()
    try demandNumber(solver.error)
    var error = dampedStep()
    if settings.projectsLinearPart { error = try projectLinearPart(from: error) }
    state.parameters = energy.parameters
    state.step += 1
    try record(error)
  }

  public func outcome() -> TrainingOutcome {
    energy.parameters = state.best
    var trained = model
    trained.parameters.values = state.best
    return TrainingOutcome(
      model: trained, residualSigma: Residuals(energy, on: heldOut).variance.squareRoot(),
      learningCurve: state.curve)
  }

  /// Raises the damping until a step lowers the error, then lowers it as the step deserves
  /// (Nielsen, 1999). Returns the error after it, nil where there was no step.
  private func dampedStep() -> Double? {
    let (start, before) = (energy.parameters, solver.error)
    var growth = 2.0
    while state.damping <= 1e8 {
      if let (step, predicted) = solver.step(damping: state.damping) {
        energy.parameters = zip(start, step).map { $0 + $1 }
        let after = solver.meanSquare()
        let ratio = (before - after) / max(predicted, 1e-300)
        if after.isFinite && ratio > 0 {
          let z = 2 * min(ratio, 1) - 1
          state.damping = max(1e-12, state.damping * max(1.0 / 3, 1 - z * z * z))
          return after
        }
      }
      state.damping *= growth
      growth *= 2
    }
    energy.parameters = start
    return nil
  }

  private func projectLinearPart(from error: Double?) throws(LearningError) -> Double {
    try LinearProjection.apply(equations, linear: model.linearParameters, from: error)
  }

  /// - Parameter error: the mean square of all equations, where it is known.
  private func record(_ error: Double?) throws(LearningError) {
    let judged = Residuals(energy, on: heldOut).variance
    try demandNumber(judged)
    state.note(
      LearningPoint(
        step: state.step,
        trainingError: equations.countsForces
          ? Residuals(energy, on: training).meanSquare : error ?? equations.meanSquare(),
        heldOutError: judged))
  }

  private func demandNumber(_ value: Double) throws(LearningError) {
    guard value.isFinite else {
      throw .diverged(step: state.step, optimizer: "Levenberg-Marquardt")
    }
  }
}
