public import EffectiveModels
internal import MonteCarlo
public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Settings of a stochastic training.
public struct AdamWSettings: Sendable, Equatable {
  public var epochs: Int
  public var batch: Int
  /// Largest learning rate; it rises linearly over `warmUp` of all steps and falls as a cosine.
  public var rate: Double
  public var warmUp: Double
  public var weightDecay: Double
  public var patience: Int
  public var heldOut: Double
  /// Turns every configuration by a random element of O(3) each time it is used (augmentation, for
  /// models that are not invariant).
  public var rotates: Bool
  /// Fits the forces of the samples too.
  public var forces: ForceMatching?

  public init(
    epochs: Int = 100, batch: Int = 256, rate: Double = 2e-3, warmUp: Double = 0.05,
    weightDecay: Double = 1e-4, patience: Int = 50, heldOut: Double = 0.25,
    rotates: Bool = false, forces: ForceMatching? = nil
  ) {
    self.epochs = epochs
    self.batch = batch
    self.rate = rate
    self.warmUp = warmUp
    self.weightDecay = weightDecay
    self.patience = patience
    self.heldOut = heldOut
    self.rotates = rotates
    self.forces = forces
  }
}

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), one epoch a step.
///
/// The loss of a batch is the mean of (ln W - ln W_eff)^2. Plain Adam takes thousands of steps to
/// find an offset of 10^3, so the linear parameters start from their exact fit, and every epoch
/// ends with fitting the offset again.
public final class AdamW: Training {
  private let model: any TrainableModel
  private let settings: AdamWSettings
  private let energy: LaneEnergy
  private let training: TrainingSet
  private let heldOut: TrainingSet
  /// Linear parameters have the unit of H_eff, whose natural size is T; the others have none.
  private let units: [Double]
  private var random: RandomStream
  public private(set) var state: TrainingState

  public init(
    _ model: any TrainableModel, on set: TrainingSet, settings: AdamWSettings = .init(),
    using random: RandomStream
  ) throws(LearningError) {
    (training, heldOut) = try set.split(heldOut: settings.heldOut)
    let count = model.parameters.values.count
    guard training.count >= 2 * model.linearParameters.count, training.count >= settings.batch
    else { throw .tooFewSamples(samples: training.count, parameters: count) }
    self.model = model
    self.settings = settings
    self.random = random
    var units = [Double](repeating: 1, count: count)
    for p in model.linearParameters { units[p] = set.temperature }
    self.units = units
    energy = try worker(of: model, on: set)
    try LinearProjection.apply(
      ResidualEquations(energy, training, settings.forces), linear: model.linearParameters)
    state = TrainingState(parameters: energy.parameters)
    state.firstMoment = [Double](repeating: 0, count: count)
    state.secondMoment = state.firstMoment
    state.random = random.state
  }

  public var isFinished: Bool {
    state.step >= settings.epochs || state.sinceBest >= settings.patience
  }

  /// A gradient of every sample, or three with forces.
  public var multiplicationsPerStep: Double {
    let passes = settings.forces == nil ? 1.0 : 3.0
    return 3 * passes * Double(training.count)
      * Double(model.multiplications(on: training.lattice))
  }

  public func restore(_ state: TrainingState) throws(LearningError) {
    guard state.parameters.count == energy.parameters.count,
      state.firstMoment.count == state.parameters.count, let stream = state.random
    else { throw .foreignState("the saved training is not of AdamW and this model") }
    self.state = state
    random = RandomStream(stream)
  }

  public func advance() throws(LearningError) {
    energy.parameters = state.parameters
    let order = random.permutation(of: training.count)
    let batches = training.count / settings.batch
    var batch = TrainingBatch(training, size: settings.batch)
    for b in 0..<batches {
      batch.gather(
        order[(b * settings.batch)..<((b + 1) * settings.batch)], rotates: settings.rotates,
        using: &random)
      descend(batch, at: Double(state.step * batches + b))
    }
    try fitOffset()
    state.parameters = energy.parameters
    state.step += 1
    state.random = random.state
    try record()
  }

  public func outcome() -> TrainingOutcome {
    energy.parameters = state.best
    var trained = model
    trained.parameters.values = state.best
    return TrainingOutcome(
      model: trained, residualSigma: Residuals(energy, on: heldOut).variance.squareRoot(),
      learningCurve: state.curve)
  }

  private func descend(_ batch: TrainingBatch, at time: Double) {
    var gradient = [Double](repeating: 0, count: state.parameters.count)
    if let matching = settings.forces, batch.hasForces {
      batch.addGradient(of: energy, matching, into: &gradient)
    } else {
      batch.addGradient(of: energy, into: &gradient)
    }
    let total = Double(settings.epochs * (training.count / settings.batch))
    let rate = settings.rate * schedule(time / total)
    let (first, second) = (0.9, 0.999)
    let (unbias1, unbias2) = (1 - pow(first, time + 1), 1 - pow(second, time + 1))
    var parameters = energy.parameters
    for p in parameters.indices {
      state.firstMoment[p] += (1 - first) * (gradient[p] - state.firstMoment[p])
      state.secondMoment[p] += (1 - second) * (gradient[p] * gradient[p] - state.secondMoment[p])
      let direction =
        state.firstMoment[p] / unbias1 / ((state.secondMoment[p] / unbias2).squareRoot() + 1e-12)
      let decay = p == 0 ? 0 : settings.weightDecay * parameters[p] / units[p]
      parameters[p] -= rate * units[p] * (direction + decay)
    }
    energy.parameters = parameters
  }

  /// Linear rise, then half a cosine down to a hundredth.
  private func schedule(_ time: Double) -> Double {
    if time < settings.warmUp { return max(0.01, time / settings.warmUp) }
    let phase = min(1, (time - settings.warmUp) / max(1e-9, 1 - settings.warmUp))
    return 0.01 + 0.99 * 0.5 * (1 + cos(Double.pi * phase))
  }

  /// Parameter 0 of every model is the offset E0: the mean residual is taken off.
  private func fitOffset() throws(LearningError) {
    let mean = Residuals(energy, on: training).mean
    guard mean.isFinite else { throw .diverged(step: state.step, optimizer: "AdamW") }
    energy.parameters[0] -= mean * training.temperature
  }

  private func record() throws(LearningError) {
    let judged = Residuals(energy, on: heldOut).variance
    guard judged.isFinite else { throw .diverged(step: state.step, optimizer: "AdamW") }
    state.note(
      LearningPoint(
        step: state.step, trainingError: Residuals(energy, on: training).meanSquare,
        heldOutError: judged))
  }
}
