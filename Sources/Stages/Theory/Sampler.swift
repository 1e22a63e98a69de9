public import Manifest
public import MonteCarlo
internal import Pipeline
public import Randomness
public import Values

/// A way to draw a theory's exact ensemble, with the fields that it adds to the `exact` group.
public struct Sampler<System: PhysicalSystem>: Sendable {
  /// Its name is `exact.method`. Its version is raised when its chains come out otherwise.
  public let variant: GroupSchema.Variant
  let makeUpdater: @Sendable (System, Record, Field, RandomStream) throws -> any Updater
  let check: @Sendable (System, Record) throws -> Void
  let cost: @Sendable (System, Record) -> Cost

  /// - Parameters:
  ///   - cost: work of a sweep and room of a chain, with its weights and caches.
  ///   - check: throws what is wrong with an `exact` group on a system; cheap, for the plan.
  ///   - makeUpdater: from the system, the `exact` group, the first field and the chain's stream.
  public init(
    _ variant: GroupSchema.Variant, cost: @escaping @Sendable (System, Record) -> Cost,
    check: @escaping @Sendable (System, Record) throws -> Void = { _, _ in },
    makeUpdater: @escaping @Sendable (System, Record, Field, RandomStream) throws -> any Updater
  ) {
    self.variant = variant
    self.cost = cost
    self.check = check
    self.makeUpdater = makeUpdater
  }
}

/// Something that can be measured on stored configurations, with its fields in the `measure` group.
public struct Instrument<System: PhysicalSystem>: Sendable {
  /// Its name is `measure.kind`. Its version is raised when it measures otherwise.
  public let variant: GroupSchema.Variant
  let makeMeasurement: @Sendable (System, Record) throws -> any Measurement

  /// A measurement with its fields.
  public init(
    _ variant: GroupSchema.Variant,
    makeMeasurement: @escaping @Sendable (System, Record) throws -> any Measurement
  ) {
    self.variant = variant
    self.makeMeasurement = makeMeasurement
  }
}
