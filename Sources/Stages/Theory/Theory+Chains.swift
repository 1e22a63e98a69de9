internal import Lattice
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Randomness
internal import Values

/// What the stages ask of a theory, whatever the type of its system.
extension Theory {
  static var samplerVariants: [GroupSchema.Variant] { samplers.map(\.variant) }
  static var instrumentVariants: [GroupSchema.Variant] { instruments.map(\.variant) }

  static func anySystem(_ parameters: Record) throws -> any PhysicalSystem {
    try makeSystem(parameters)
  }

  /// The sampler that an `exact` group names, else the first.
  static func sampler(_ exact: Record) throws -> Sampler<System> {
    guard let name = exact["method"]?.text else {
      guard let standard = samplers.first else {
        throw StageFailure("nothing samples a \(variant.kind)")
      }
      return standard
    }
    guard let sampler = samplers.first(where: { $0.variant.kind == name }) else {
      throw StageFailure("no sampler `\(name)` for a \(variant.kind)")
    }
    return sampler
  }

  /// Its name, for who does not know the type of the system.
  static func method(_ exact: Record) throws -> String { try sampler(exact).variant.kind }

  /// A chain on the exact ensemble with the settings of an `exact` group.
  static func makeExactChain(
    _ parameters: Record, exact: Record, random: RandomStream, clock: (() -> ChainTime)?
  ) throws -> any Chain {
    let system = try makeSystem(parameters)
    var random = random
    let start = system.randomField(using: &random)
    return RecordingChain(
      system, try sampler(exact).makeUpdater(system, exact, start, random),
      settings: RecordingSettings(
        thermalisation: exact["thermalisation"]?.integer ?? 0,
        stride: exact["stride"]?.integer ?? 1,
        recordsField: exact["recordSpins"]?.boolean ?? true),
      measurement: makeMeasurement(system, exact), clock: clock)
  }

  /// Throws what is wrong with an `exact` group on a system.
  static func checkExact(_ parameters: Record, exact: Record) throws {
    try sampler(exact).check(makeSystem(parameters), exact)
  }

  /// Work of a sweep, room of a chain.
  static func samplingCost(_ parameters: Record, exact: Record) throws -> Cost {
    let system = try makeSystem(parameters)
    let sampling = try sampler(exact).cost(system, exact)
    return Cost(
      multiplications: sampling.multiplications,
      bytes: sampling.bytes + weightCost(system).bytes)
  }

  static func weightCost(of parameters: Record) throws -> Cost {
    weightCost(try makeSystem(parameters))
  }

  /// What a row of an exact chain holds besides ln W and the acceptance.
  static func recorded(_ parameters: Record, exact: Record) throws -> [Observable] {
    recorded(try makeSystem(parameters), exact)
  }

  static func makeMeasurement(
    _ parameters: Record, measuring measure: Record
  ) throws -> any Measurement {
    let kind = measure["kind"]?.text ?? ""
    guard let instrument = instruments.first(where: { $0.variant.kind == kind }) else {
      throw StageFailure("nothing measures `\(kind)` of a \(variant.kind)")
    }
    return try instrument.makeMeasurement(makeSystem(parameters), measure)
  }

  static func evaluate(_ fields: [Field], _ parameters: Record) throws -> [EvaluatedTable] {
    let system = try makeSystem(parameters)
    let action = system.makeAction()
    let logWeights = EvaluatedTable(
      "logWeight", weightDefinition, values: fields.map { action.logWeight($0) })
    return [logWeights] + evaluate(fields, system)
  }

  static func remarks(on parameters: Record) throws -> [String] {
    remarks(on: try makeSystem(parameters))
  }
}
