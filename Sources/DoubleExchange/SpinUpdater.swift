package import MonteCarlo

/// One way to move the spins. It owns the field, the stream and whatever it caches; `ExactChain`
/// owns the loop and the measurements.
package protocol SpinUpdater: AnyObject {
  var field: Field { get }
  /// ln W of the field as the updater keeps it.
  var logWeight: Double { get }
  /// One sweep; returns the accepted share. Nothing is allocated here.
  func sweep() -> Double
  /// Adapts the step width to the sweeps since the last call; only during thermalisation.
  func tune()
  /// Ends thermalisation: the step is frozen, counters start anew, caches are recomputed.
  func freeze()
  func save(into state: inout ChainState, as name: String)
  func restore(from state: ChainState, as name: String) throws(FieldError)
  /// Diagonalisations that a sweep takes, on average.
  var evaluationsPerSweep: Double { get }
  var facts: [Fact] { get }
}

/// A step width after a stretch with this acceptance. The factor stays mild because a stretch is
/// short.
func tuned(_ step: Double, acceptance: Double, target: Double, largest: Double) -> Double {
  min(largest, max(1e-4, step * exponential(acceptance - target)))
}
