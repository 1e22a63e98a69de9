public import Models
internal import Statistics

/// One point of the learning curve; mean squared residuals of ln W.
public struct LearningPoint: Sendable, Equatable {
  /// Iterations of the optimiser so far.
  public let step: Int
  /// Mean squared residual on the samples it learns from.
  public let trainingError: Double
  /// The same on samples kept for judging.
  public let heldOutError: Double

  /// The errors at a step.
  public init(step: Int, trainingError: Double, heldOutError: Double) {
    self.step = step
    self.trainingError = trainingError
    self.heldOutError = heldOutError
  }
}

/// A trained model and how good it is on chains that it was not trained on.
public struct TrainingOutcome: Sendable {
  /// With the best numbers that were found.
  public var model: any TrainableModel
  /// Standard deviation of ln W - ln W_eff on the held-out chains (a constant drops out).
  public var residualSigma: Double
  /// The errors on the way.
  public var learningCurve: [LearningPoint]

  /// What a training came to.
  public init(model: any TrainableModel, residualSigma: Double, learningCurve: [LearningPoint]) {
    self.model = model
    self.residualSigma = residualSigma
    self.learningCurve = learningCurve
  }

  /// erfc(sigma / 2): acceptance of independent proposals if the residual is Gaussian.
  public var predictedAcceptance: Double { gaussianAcceptance(residual: residualSigma) }
}
