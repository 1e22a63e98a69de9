internal import MonteCarlo
internal import Randomness

/// A Markov chain in detailed balance with some ln W_k, from which the level above takes its
/// proposals.
protocol Walker: AnyObject {
  var field: Field { get }
  /// ln W_k of `field`, always evaluated from scratch: a sum kept up to date move by move would
  /// carry rounding that a chain restored from its field cannot know.
  var logWeight: Double { get }
  /// Steps per `walk`.
  var length: Int { get set }
  /// Width of the elementary moves, where there is one to tune.
  var step: Double? { get set }
  /// Forgets everything but `field`.
  func reset(to field: Field)
  /// `length` reversible steps; returns the accepted share of the elementary moves.
  func walk(using random: inout RandomStream) -> Double
}

/// Metropolis' decision for a log ratio; NaN is refused.
func accepts(_ logRatio: Double, using random: inout RandomStream) -> Bool {
  let threshold = logarithm(random.uniformOpen())
  return threshold < logRatio
}
