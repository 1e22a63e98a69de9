public import Randomness

/// An optimiser at work: it can be stopped between any two steps and continued bit for bit.
public protocol Training: AnyObject {
  /// One iteration or epoch.
  func advance() throws(LearningError)
  var isFinished: Bool { get }
  /// Everything needed to continue.
  var state: TrainingState { get }
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
  public var step = 0
  public var parameters: [Double]
  /// The parameters of the lowest error on the held-out chains so far.
  public var best: [Double]
  public var bestError = Double.infinity
  /// Steps since then.
  public var sinceBest = 0
  public var damping: Double
  /// First and second moments of AdamW.
  public var firstMoment: [Double] = []
  public var secondMoment: [Double] = []
  public var random: RandomStream.State?
  public var curve: [LearningPoint] = []

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
