internal import Learning
internal import Models
internal import MonteCarlo
internal import Pipeline
internal import Randomness
internal import Values

/// How the parameters are found.
enum TrainingMethod: String, CaseIterable {
  case auto
  case leastSquares = "least-squares"
  case levenbergMarquardt = "levenberg-marquardt"
  case adamW = "adamw"

  /// Levenberg-Marquardt solves a system of so many unknowns at every step.
  private static let mostForNewton = 600

  /// The method of a `training:` group; never `auto`.
  static func chosen(for model: any TrainableModel, _ settings: Record) -> TrainingMethod {
    let named = TrainingMethod(rawValue: settings["method"]?.text ?? "") ?? .auto
    guard named == .auto else { return named }
    let count = model.parameters.values.count
    if model.linearParameters.count == count { return .leastSquares }
    return count <= mostForNewton ? .levenbergMarquardt : .adamW
  }
}

/// Trains one model: several starts, greedy growth of depth, the best on the held-out chains counts.
///
/// A phase is one start at one depth; phases are numbered, each has a random stream of its own, and
/// a checkpoint holds the optimiser's state at the end of every phase and in the current one, so that
/// a kill costs seconds.
struct TrainingRun {
  let job: Job
  let settings: Record
  let set: TrainingSet
  let random: RandomStream
  private var curve: [LearningPoint] = []
  private var checkpoint: TrainingCheckpoint?
  /// The last states of the phases that are over.
  private var finished: [TrainingState] = []
  /// Multiplications of all steps so far.
  private(set) var work = 0.0

  init(_ job: Job, settings: Record, set: TrainingSet, random: RandomStream) {
    self.job = job
    self.settings = settings
    self.set = set
    self.random = random
    checkpoint = TrainingCheckpoint(loading: job.checkpoints)
  }

  /// - Parameter isStarted: the model's numbers are a start, not to be drawn.
  mutating func train(_ model: any TrainableModel, isStarted: Bool) throws -> TrainingOutcome {
    let method = TrainingMethod.chosen(for: model, settings)
    if method == .leastSquares {
      return try LinearFit.fit(model, on: set, heldOut: heldOut)
    }
    if isStarted { return try phase(model, method) }
    var best: TrainingOutcome?
    for _ in 0..<(settings["starts"]?.integer ?? 1) {
      let outcome = try trainOnce(model, method)
      if outcome.residualSigma < best?.residualSigma ?? .infinity { best = outcome }
    }
    guard let best else { throw StageFailure("training.starts must be at least 1") }
    return best
  }

  private mutating func trainOnce(
    _ model: any TrainableModel, _ method: TrainingMethod
  ) throws -> TrainingOutcome {
    guard settings["grow"]?.boolean != false, let deep = model as? any GrowingModel else {
      return try phase(initialised(model), method)
    }
    var outcome = try phase(initialised(deep.shallow()), method)
    while let grown = outcome.model as? any GrowingModel, grown.depth < deep.depth {
      var stream = random.substream(UInt64(2 * phase + 1))
      let curve = outcome.learningCurve
      outcome = try phase(grown.grown(using: &stream), method)
      outcome.learningCurve = curve + outcome.learningCurve.map { $0.shifted(by: curve.last) }
    }
    return outcome
  }

  private var phase: Int { finished.count }

  private func initialised(_ model: any TrainableModel) -> any TrainableModel {
    var started = model
    var stream = random.substream(UInt64(2 * phase + 1))
    started.initialize(using: &stream)
    return started
  }

  /// One optimiser from start to end, or from its checkpoint.
  private mutating func phase(
    _ model: any TrainableModel, _ method: TrainingMethod
  ) throws -> TrainingOutcome {
    let training = try optimiser(model, method)
    if let states = checkpoint?.states, states.count > phase {
      try training.restore(states[phase])
    }
    var lastSave = ContinuousClock.now
    while !training.isFinished {
      try training.advance()
      report(training.state)
      let mustStop = job.shouldStop()
      if mustStop || ContinuousClock.now - lastSave > ChainRun.checkpointInterval {
        lastSave = .now
        try TrainingCheckpoint(finished + [training.state]).save(to: job.checkpoints)
      }
      if mustStop { throw Interrupted() }
    }
    finished.append(training.state)
    work += Double(training.state.step) * training.multiplicationsPerStep
    return training.outcome()
  }

  private func optimiser(
    _ model: any TrainableModel, _ method: TrainingMethod
  ) throws -> any Training {
    let patience = settings["patience"]?.integer ?? 12
    if method == .levenbergMarquardt {
      return try LevenbergMarquardt(
        model, on: set,
        settings: LevenbergMarquardtSettings(
          iterations: settings["iterations"]?.integer ?? 60, patience: patience, heldOut: heldOut,
          forces: forces))
    }
    return try AdamW(
      model, on: set,
      settings: AdamWSettings(
        epochs: settings["epochs"]?.integer ?? 100, batch: settings["batch"]?.integer ?? 256,
        rate: settings["rate"]?.number ?? 2e-3,
        weightDecay: settings["weightDecay"]?.number ?? 1e-4, patience: patience,
        heldOut: heldOut, rotates: settings["rotates"]?.boolean ?? false, forces: forces),
      using: random.substream(UInt64(2 * phase)))
  }

  private var forces: ForceMatching? {
    guard let weight = settings["forceWeight"]?.number, weight > 0 else { return nil }
    return ForceMatching(
      weight: weight, directions: settings["forceDirections"]?.integer ?? 4, seed: random.state.key)
  }

  private var heldOut: Double { settings["heldOut"]?.number ?? 0.25 }

  private func report(_ state: TrainingState) {
    let error = (state.bestError * 1e4).rounded() / 1e4
    job.report(
      Job.Progress(done: state.step, total: 0, note: "held-out mean square \(error)"))
  }
}

extension LearningPoint {
  /// The point after the steps of an earlier curve.
  fileprivate func shifted(by last: LearningPoint?) -> LearningPoint {
    LearningPoint(
      step: step + (last?.step ?? 0), trainingError: trainingError, heldOutError: heldOutError)
  }
}
