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
  /// `length` reversible steps.
  func walk(using random: inout RandomStream) -> Walk
}

/// What a walk did.
struct Walk {
  /// Accepted share of the elementary moves.
  var acceptance: Double
  /// ln of the probability to walk back over that to walk there, ln W_k(S) - ln W_k(S') of a walk in
  /// detailed balance with W_k: what a test by another weight adds to its own ratio (Liu 2001,
  /// "surrogate transition").
  var logCorrection: Double
}
