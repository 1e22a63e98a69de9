public import Randomness

/// A loss of a model's parameters that stochastic training descends, in random batches: residuals of ln W
/// and forces (`ResidualObjective`), or whatever a model has to make small.
public protocol Objective: AnyObject {
  /// The model's numbers, in their places.
  var parameters: [Double] { get set }
  /// The natural size of a step of each parameter.
  var units: [Double] { get }
  /// Parameters that do not decay, such as an offset.
  var free: Set<Int> { get }
  /// How many steps make an epoch.
  var batches: Int { get }
  /// Draws the batches of the next epoch.
  func beginEpoch(using random: inout RandomStream)
  /// Adds the gradient of the loss over a batch of the epoch.
  func addGradient(batch: Int, using random: inout RandomStream, into gradient: inout [Double])
  /// What is found exactly at the end of an epoch; throws when the loss is no longer a number.
  func endEpoch() throws(LearningError)
  /// The loss now: what was learned from, and what was held out, by which the best parameters are chosen.
  func judge() -> (training: Double, heldOut: Double)
  /// Multiplications of one epoch, counted by hand.
  var multiplications: Double { get }
}
