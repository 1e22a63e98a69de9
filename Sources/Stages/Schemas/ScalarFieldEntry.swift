internal import Lattice
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Randomness
internal import ScalarField
internal import Values

/// The scalar field in manifests.
enum ScalarFieldEntry: SystemEntry {
  static let variant = GroupSchema.Variant(
    "scalar-field", "One real number per site with a quartic potential: lattice phi^4.",
    fields: [
      FieldSchema(
        "lattice", .list(of: .integer(2...128), count: 1...4), unit: "sites",
        "extents of the lattice, one to four of them"),
      FieldSchema(
        "massSquared", .number(.finite), symbol: "$m^2$", "m^2; negative in the broken phase"),
      FieldSchema(
        "lambda", .number(.nonNegative), symbol: "$\\lambda$", "lambda, the coupling of phi^4"),
    ])

  static func makeSystem(_ parameters: Record) throws -> any PhysicalSystem {
    try system(parameters)
  }

  private static func system(_ parameters: Record) throws -> ScalarFieldSystem {
    try ScalarFieldSystem(
      extents: (parameters["lattice"]?.list ?? []).compactMap(\.integer),
      massSquared: parameters["massSquared"]?.number ?? .nan,
      lambda: parameters["lambda"]?.number ?? .nan)
  }

  static func makeExactChain(
    _ parameters: Record, exact: Record, random: RandomStream, clock: (() -> ChainTime)?
  ) throws -> any Chain {
    let system = try system(parameters)
    return MetropolisChain(
      system, weight: ScalarFieldWeight(system),
      settings: MetropolisSettings(
        width: system.stepWidth,
        thermalisation: exact["thermalisation"]?.integer ?? 0,
        stride: exact["stride"]?.integer ?? 1,
        recordsField: exact["recordSpins"]?.boolean ?? true),
      random: random, clock: clock)
  }

  static func checkExact(_ parameters: Record, exact: Record) throws {
    _ = try system(parameters)
    guard exact["method"]?.text == "fast" else {
      throw StageFailure(
        "exact.method: a scalar-field is drawn by Metropolis updates alone; leave `method` out")
    }
  }

  /// The field, its proposal, its neighbours.
  static func workspaceBytes(_ parameters: Record, exact: Record?) throws -> Double {
    let lattice = try system(parameters).lattice
    return 8 * Double(lattice.sites) * (2 + 2 * Double(lattice.dimension))
  }

  static func evaluate(_ fields: [Field], _ parameters: Record) throws -> [EvaluatedTable] {
    let weight = ScalarFieldWeight(try system(parameters))
    return [
      EvaluatedTable(
        name: "logWeight", unit: "1", shape: [], summary: "ln W = -S",
        values: fields.map { weight.logWeight($0) })
    ]
  }
}
