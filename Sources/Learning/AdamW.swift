public import Models
internal import MonteCarlo
public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Settings of a stochastic training.
public struct AdamWSettings: Sendable, Equatable {
  /// Most passes over the samples.
  public var epochs: Int
  /// Samples per step.
  public var batch: Int
  /// Largest learning rate; it rises linearly over `warmUp` of all steps and falls as a cosine.
  public var rate: Double
  /// Share of the steps in which the rate grows to its largest.
  public var warmUp: Double
  /// Decoupled from the gradient.
  public var weightDecay: Double
  /// How long it goes on without a better held-out error.
  public var patience: Int
  /// Share of the chains kept for judging.
  public var heldOut: Double
  /// Turns every configuration by a random element of O(3) each time it is used (augmentation, for
  /// models that are not invariant).
  public var rotates: Bool
  /// Fits the forces of the samples too.
  public var forces: ForceMatching?

  /// Settings; those left out are the usual ones.
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

/// Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), one epoch a step, on any
/// objective.
public final class AdamW: Training {
  private let model: any TrainableModel
  private let settings: AdamWSettings
  private let objective: any Objective
  private var random: RandomStream
  public private(set) var state: TrainingState

  /// Learns from exact samples.
  public convenience init(
    _ model: any TrainableModel, on set: TrainingSet, settings: AdamWSettings = .init(),
    using random: RandomStream
  ) throws(LearningError) {
    self.init(
      model, objective: try ResidualObjective(model, on: set, settings), settings: settings,
      using: random)
  }

  /// Makes any objective small; the parameters of the outcome are put into `model`.
  public init(
    _ model: any TrainableModel, objective: any Objective, settings: AdamWSettings,
    using random: RandomStream
  ) {
    self.model = model
    self.settings = settings
    self.objective = objective
    self.random = random
    state = TrainingState(parameters: objective.parameters)
    state.firstMoment = [Double](repeating: 0, count: objective.parameters.count)
    state.secondMoment = state.firstMoment
    state.random = random.state
  }

  /// Whether there is nothing more to gain.
  public var isFinished: Bool {
    state.step >= settings.epochs || state.sinceBest >= settings.patience
  }

  public var multiplicationsPerStep: Double { objective.multiplications }

  public func restore(_ state: TrainingState) throws(LearningError) {
    guard state.parameters.count == objective.parameters.count,
      state.firstMoment.count == state.parameters.count, let stream = state.random
    else { throw .foreignState("the saved training is not of AdamW and this model") }
    self.state = state
    random = RandomStream(stream)
  }

  public func advance() throws(LearningError) {
    objective.parameters = state.parameters
    objective.beginEpoch(using: &random)
    for b in 0..<objective.batches {
      descend(batch: b, at: Double(state.step * objective.batches + b))
    }
    do throws(LearningError) { try objective.endEpoch() } catch { throw diverged }
    state.parameters = objective.parameters
    state.step += 1
    state.random = random.state
    let judged = objective.judge()
    guard judged.heldOut.isFinite else { throw diverged }
    state.note(
      LearningPoint(
        step: state.step, trainingError: judged.training, heldOutError: judged.heldOut))
  }

  private var diverged: LearningError { .diverged(step: state.step, optimizer: "AdamW") }

  public func outcome() -> TrainingOutcome {
    objective.parameters = state.best
    var trained = model
    trained.parameters.values = state.best
    return TrainingOutcome(
      model: trained, residualSigma: objective.judge().heldOut.squareRoot(),
      learningCurve: state.curve)
  }

  private func descend(batch: Int, at time: Double) {
    var gradient = [Double](repeating: 0, count: state.parameters.count)
    objective.addGradient(batch: batch, using: &random, into: &gradient)
    let total = Double(settings.epochs * objective.batches)
    let rate = settings.rate * schedule(time / total)
    let (first, second) = (0.9, 0.999)
    let (unbias1, unbias2) = (1 - pow(first, time + 1), 1 - pow(second, time + 1))
    var parameters = objective.parameters
    let (units, free) = (objective.units, objective.free)
    for p in parameters.indices {
      state.firstMoment[p] += (1 - first) * (gradient[p] - state.firstMoment[p])
      state.secondMoment[p] += (1 - second) * (gradient[p] * gradient[p] - state.secondMoment[p])
      let direction =
        state.firstMoment[p] / unbias1 / ((state.secondMoment[p] / unbias2).squareRoot() + 1e-12)
      let decay = free.contains(p) ? 0 : settings.weightDecay * parameters[p] / units[p]
      parameters[p] -= rate * units[p] * (direction + decay)
    }
    objective.parameters = parameters
  }

  /// Linear rise, then half a cosine down to a hundredth.
  private func schedule(_ time: Double) -> Double {
    if time < settings.warmUp { return max(0.01, time / settings.warmUp) }
    let phase = min(1, (time - settings.warmUp) / max(1e-9, 1 - settings.warmUp))
    return 0.01 + 0.99 * 0.5 * (1 + cos(Double.pi * phase))
  }
}
