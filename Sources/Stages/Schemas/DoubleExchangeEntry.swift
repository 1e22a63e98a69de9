internal import DoubleExchange
internal import Manifest
internal import MonteCarlo
internal import Randomness
internal import Values

/// The double-exchange model in manifests.
enum DoubleExchangeEntry: SystemEntry {
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
    ])

  static func makeSystem(_ parameters: Record) throws -> any PhysicalSystem {
    try system(parameters)
  }

  static func system(_ parameters: Record) throws -> DoubleExchangeSystem {
    try DoubleExchangeSystem(
      extents: (parameters["lattice"]?.list ?? []).compactMap(\.integer),
      hopping: parameters["hopping"]?.number ?? .nan,
      coupling: parameters["coupling"]?.number ?? .nan,
      chemicalPotential: parameters["chemicalPotential"]?.number ?? .nan,
      temperature: parameters["temperature"]?.number ?? .nan)
  }

  static func makeExactChain(
    _ parameters: Record, exact: Record, random: RandomStream, clock: (() -> ChainTime)?
  ) throws -> any Chain {
    try ExactChain(
      try system(parameters), settings: settings(exact), random: random, clock: clock)
  }

  static func checkExact(_ parameters: Record, exact: Record) throws {
    try settings(exact).check(on: try system(parameters))
  }

  static func settings(_ exact: Record) -> ExactChainSettings {
    var settings = ExactChainSettings()
    settings.method = ExactMethod(rawValue: exact["method"]?.text ?? "") ?? .fast
    settings.thermalisation = exact["thermalisation"]?.integer ?? 0
    settings.stride = exact["stride"]?.integer ?? 1
    settings.recordsSpins = exact["recordSpins"]?.boolean ?? true
    settings.refreshInterval = exact["refreshInterval"]?.integer ?? settings.refreshInterval
    settings.trajectorySteps = exact["trajectorySteps"]?.integer ?? settings.trajectorySteps
    settings.exchangeInterval = exact["exchangeInterval"]?.integer ?? settings.exchangeInterval
    settings.recordsStructureFactor = exact["recordStructureFactor"]?.boolean ?? false
    settings.densityOfStatesBins = exact["densityOfStatesBins"]?.integer ?? 0
    settings.temperatures = (exact["temperatures"]?.list ?? []).compactMap(\.number)
    let mix = (exact["mix"]?.list ?? []).compactMap(\.number)
    if mix.count == 3 {
      settings.mix = ProposalMix(fresh: mix[0], rotation: mix[1], reflection: mix[2])
    }
    return settings
  }

  static func evaluate(_ fields: [Field], _ parameters: Record) throws -> [EvaluatedTable] {
    let system = try system(parameters)
    let weight = DoubleExchangeWeight(system)
    let logWeights = fields.map { weight.logWeight($0) }
    return [
      EvaluatedTable(
        name: "logWeight", unit: "1", shape: [],
        summary: "ln W = sum over the levels of ln(1 + exp(-(E - mu)/T))", values: logWeights),
      EvaluatedTable(
        name: "levels", unit: "energy", shape: [system.states],
        summary: "one-particle levels, ascending", values: fields.flatMap { weight.levels(of: $0) }),
    ]
  }
}
