/// One way to move a field in detailed balance with its weight. It owns the field, the stream and whatever
/// it caches; a chain owns the loop and the measurements.
public protocol Updater: AnyObject {
  /// Where it stands.
  var field: Field { get }
  /// ln W of the field as the updater keeps it; nil where it keeps none.
  var logWeight: Double? { get }
  /// One sweep; returns the accepted share. Nothing is allocated here.
  func sweep() -> Double
  /// Adapts the step width to the sweeps since the last call; only during thermalisation.
  func tune()
  /// Ends thermalisation: the step is frozen, counters start anew, caches are recomputed.
  func freeze()
  /// Adds all that it needs to continue, under names that begin so.
  func save(into state: inout ChainState, as name: String)
  /// Continues from what `save` added.
  func restore(from state: ChainState, as name: String) throws(FieldError)
  /// Exact weights that a sweep evaluates, on average; nil where it only ever computes changes.
  var evaluationsPerSweep: Double? { get }
  /// What it fixed before measuring, and what it found out about itself.
  var facts: [Fact] { get }
}

extension Updater {
  public func tune() {}
  public func freeze() {}
  public var facts: [Fact] { [] }
}
