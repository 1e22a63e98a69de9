public import Randomness

/// An optimiser at work: it can be stopped between any two steps and continued bit for bit.
public protocol Training: AnyObject {
  /// One iteration or epoch.
  func advance() throws(LearningError)
  var isFinished: Bool { get }
  /// Everything needed to continue.
  var state: TrainingState { get }
  /// Goes on from a state that a training of the same settings had.
  func restore(_ state: TrainingState) throws(LearningError)
  /// Multiplications of one step: passes over the samples and linear algebra, counted by hand.
  var multiplicationsPerStep: Double { get }
  /// The parameters that were best on the held-out chains.
  func outcome() -> TrainingOutcome
}

extension Training {
  /// Advances to the end.
  public func run() throws(LearningError) -> TrainingOutcome {
    while !isFinished { try advance() }
    return outcome()
  }
}

/// The whole state of a training.
public struct TrainingState: Sendable, Equatable {
  /// How many were made.
  public var step = 0
  /// The numbers of the model, now.
  public var parameters: [Double]
  /// The parameters of the lowest error on the held-out chains so far.
  public var best: [Double]
  /// The smallest held-out error so far.
  public var bestError = Double.infinity
  /// Steps since then.
  public var sinceBest = 0
  /// Of Levenberg-Marquardt.
  public var damping: Double
  /// First and second moments of AdamW.
  public var firstMoment: [Double] = []
  /// Of AdamW.
  public var secondMoment: [Double] = []
  /// Where the stream stands; nil without one.
  public var random: RandomStream.State?
  /// The errors so far.
  public var curve: [LearningPoint] = []

  /// The beginning of a training.
  public init(parameters: [Double], damping: Double = 0) {
    self.parameters = parameters
    best = parameters
    self.damping = damping
  }

  /// Takes down one point of the learning curve; `parameters` belong to it.
  mutating func note(_ point: LearningPoint) {
    curve.append(point)
    sinceBest += 1
    guard point.heldOutError < bestError else { return }
    // A gain below one part in a thousand does not prolong the training.
    if point.heldOutError < 0.999 * bestError { sinceBest = 0 }
    bestError = point.heldOutError
    best = parameters
  }
}
