internal import MonteCarlo

/// How the inner chain moves in its effective model.
public enum InnerAlgorithm: Sendable, Equatable {
  /// Sweeps of the model's own local sampler; out of `overrelaxation` + 1 steps, on average
  /// `overrelaxation` are sweeps of reflections at constant energy. Which one is drawn at random
  /// every time: a fixed alternation would not be its own time reversal.
  case local(overrelaxation: Int)
  /// Hybrid Monte Carlo (Duane et al. 1987) with so many leapfrog steps per trajectory.
  case hamiltonian(leapfrogSteps: Int)

}

/// How many inner steps make one proposal.
public enum InnerLength: Sendable, Equatable {
  case fixed(Int)
  /// Chosen while thermalising, then frozen: the length in 1, 2, 4, …, `maximum` with the lowest
  /// cost per independent sample. One inner step costs `relativeCost` exact evaluations. The
  /// number is declared and never timed, so that the choice repeats on any machine.
  case automatic(relativeCost: Double, maximum: Int)
}

/// What a self-learning chain does, apart from its system and its models.
public struct SelfLearningParameters: Sendable, Equatable {
  /// How the effective model is walked in.
  public var inner = InnerAlgorithm.local(overrelaxation: 0)
  /// How far it is walked for one proposal.
  public var innerLength = InnerLength.automatic(relativeCost: 0.01, maximum: 256)
  /// For every model after the first: how many of its tests make one step of the next level.
  /// Missing ones are 1 (delayed acceptance as of Christen and Fox).
  public var screenLengths: [Int] = []
  /// Proposals before measuring, after tuning.
  public var thermalisation = 200
  /// Batches of inner steps over which the step width is tuned.
  public var tuningBatches = 60
  /// Proposals per candidate length, and before the first one.
  public var trialProposals = 400
  /// Proposals between recorded rows; observables are measured once a row.
  public var proposalsPerRow = 1
  /// Whether every row holds the whole field.
  public var recordsField = false

  public init() {}

  func validate(models: Int) throws(FieldError) {
    guard models > 0 else { throw FieldError("a self-learning chain needs an effective model") }
    switch innerLength {
    case .fixed(let length) where length < 1:
      throw FieldError("an inner chain of \(length) steps proposes nothing: at least 1 is needed")
    case .automatic(let cost, let maximum) where !(cost > 0 && cost.isFinite) || maximum < 1:
      throw FieldError(
        "the automatic inner length needs a positive relative cost and a maximum of at least 1, "
          + "not \(cost) and \(maximum)")
    default: break
    }
    switch inner {
    case .hamiltonian(let steps) where steps < 1:
      throw FieldError("hybrid Monte Carlo needs at least 1 leapfrog step, not \(steps)")
    case .local(let sweeps) where sweeps < 0:
      throw FieldError("the number of over-relaxation sweeps must not be negative (\(sweeps))")
    default: break
    }
    guard screenLengths.count < models, screenLengths.allSatisfy({ $0 >= 1 }) else {
      throw FieldError(
        "screen lengths \(screenLengths) do not fit \(models) models: one positive number for "
          + "every model after the first")
    }
    guard proposalsPerRow >= 1 else {
      throw FieldError("a row needs at least 1 proposal, not \(proposalsPerRow)")
    }
    guard thermalisation >= 0, tuningBatches >= 0, trialProposals >= 8 else {
      throw FieldError("thermalisation needs counts that are not negative and 8 trial proposals")
    }
  }
}
