internal import DoubleExchange
internal import Manifest
internal import MonteCarlo
internal import Stages
internal import Values

/// The double-exchange model in manifests.
enum DoubleExchangeTheory: Theory {
  static let variant = GroupSchema.Variant(
    "double-exchange",
    "Classical Heisenberg spins coupled to free fermions on a periodic square lattice.",
    fields: [
      FieldSchema(
        "lattice", .list(of: .integer(1...128), count: 2...2), unit: "sites",
        "extents of the lattice, [Lx, Ly]"),
      FieldSchema(
        "hopping", .number(.finite), symbol: "$t$", unit: "t", default: .number(1),
        "t, the hopping amplitude"),
      FieldSchema(
        "coupling", .number(.finite), symbol: "$J$", unit: "t", default: .number(1),
        "J, the coupling of the fermions to the spins"),
      FieldSchema(
        "chemicalPotential", .number(.finite), symbol: "$\\mu$", unit: "t",
        default: .number(0),
        "mu, the chemical potential"),
      FieldSchema(
        "temperature", .number(.positive), symbol: "$T$", unit: "t", "T, the temperature"),
    ],
    example: [
      "system": ["lattice": "[4, 4]", "temperature": "0.1", "coupling": "1"],
      "model": ["kind": "linear", "shells": "all"],
    ])

  static let models: [any ModelEntry.Type] = [
    LinearEntry.self, AttentionEntry.self, InvariantNetworkEntry.self, FermionWindowEntry.self,
    ConvolutionalEntry.self, PlainTransformerEntry.self,
  ]

  static func makeSystem(_ parameters: Record) throws -> DoubleExchangeSystem {
    try DoubleExchangeSystem(
      extents: parameters.integers("lattice"),
      hopping: parameters["hopping"]?.number ?? .nan,
      coupling: parameters["coupling"]?.number ?? .nan,
      chemicalPotential: parameters["chemicalPotential"]?.number ?? .nan,
      temperature: parameters["temperature"]?.number ?? .nan)
  }

  static let weightDefinition = "ln W = sum over the levels of ln(1 + exp(-(E - mu)/T))"

  static func evaluate(_ fields: [Field], _ system: DoubleExchangeSystem) -> [EvaluatedTable] {
    let weight = DoubleExchangeWeight(system)
    return [
      EvaluatedTable(
        "levels", unit: "energy", shape: [system.states], "one-particle levels, ascending",
        values: fields.flatMap { weight.levels(of: $0) })
    ]
  }
}

/// What can be measured on stored spins.
extension DoubleExchangeTheory {
  static let instruments = [
    Instrument<DoubleExchangeSystem>(
      GroupSchema.Variant(
        "structure-factor", "S(q) = |sum_i S_i e^(i q r_i)|^2 / N at every q of the lattice.")
    ) { system, _ in StructureFactorMeasurement(system) },
    Instrument<DoubleExchangeSystem>(
      GroupSchema.Variant(
        "levels",
        "Histogram of the one-particle levels, by a diagonalisation of each configuration.",
        fields: [
          FieldSchema(
            "bins", .integer(1...100_000), default: .integer(100), "bins over the whole band")
        ])
    ) { system, measure in
      DoubleExchangeMeasurement(system, levelBins: measure["bins"]?.integer ?? 100)
    },
  ]
}

/// What a row of an exact chain may hold besides the observables.
extension DoubleExchangeTheory {
  static let recording = [
    FieldSchema(
      "recordStructureFactor", .boolean, default: .boolean(false), "keep S(q) at every q"),
    FieldSchema(
      "densityOfStatesBins", .integer(0...100_000), default: .integer(0),
      "bins of the histogram of one-particle levels kept with every row; 0 for none"),
  ]

  private static func choices(_ exact: Record) -> (bins: Int, structureFactor: Bool) {
    (
      exact["densityOfStatesBins"]?.integer ?? 0,
      exact["recordStructureFactor"]?.boolean ?? false
    )
  }

  static func recorded(_ system: DoubleExchangeSystem, _ exact: Record) -> [Observable] {
    let (bins, structureFactor) = choices(exact)
    return DoubleExchangeMeasurement.observables(
      of: system, levelBins: bins, structureFactor: structureFactor)
  }

  static func makeMeasurement(
    _ system: DoubleExchangeSystem, _ exact: Record
  ) -> any Measurement {
    let (bins, structureFactor) = choices(exact)
    return DoubleExchangeMeasurement(system, levelBins: bins, structureFactor: structureFactor)
  }
}
