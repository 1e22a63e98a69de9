public import MonteCarlo
public import Randomness

/// Heat bath of planar spins: each one in turn is drawn anew with its neighbours fixed.
public final class PlanarHeatBath: Updater {
  public private(set) var field: Field
  private let system: PlanarSpinSystem
  private let action: PlanarSpinAction
  private var random: RandomStream

  /// An updater that begins at a field.
  public init(_ system: PlanarSpinSystem, start: Field, random: RandomStream) {
    self.system = system
    self.random = random
    action = PlanarSpinAction(system)
    field = start
  }

  public var logWeight: Double? { nil }
  public var evaluationsPerSweep: Double? { nil }

  public func sweep() -> Double {
    let strength = system.coupling / system.temperature
    for site in 0..<field.places {
      field.draw(site, in: strength * action.surroundings(of: site, in: field), using: &random)
    }
    return 1
  }

  public func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".field"] = field.values
    state.store(random, as: name + ".stream")
  }

  public func restore(from state: ChainState, as name: String) throws(FieldError) {
    let restored = try system.shape.field(
      state.numbers(name + ".field", count: system.shape.count))
    try system.validate(restored)
    random = try state.stream(name + ".stream")
    field = restored
  }
}
