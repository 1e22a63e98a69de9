internal import Lattice
internal import Manifest
internal import Models
internal import MonteCarlo
internal import PlanarSpins
internal import Stages
internal import Values

/// The XY model in manifests.
enum PlanarSpinTheory: Theory {
  static let variant = GroupSchema.Variant(
    "planar-spins", "Unit vectors in a plane on a periodic lattice: the XY model.",
    fields: [
      FieldSchema(
        "lattice", .list(of: .integer(2...1024), count: 1...4), unit: "sites",
        "extents of the lattice, one to four of them"),
      FieldSchema(
        "coupling", .number(.positive), symbol: "$J$", default: .number(1), "J, of neighbours"),
      FieldSchema(
        "temperature", .number(.positive), symbol: "$T$", unit: "J", "T, the temperature"),
    ])

  static func makeSystem(_ parameters: Record) throws -> PlanarSpinSystem {
    try PlanarSpinSystem(
      extents: parameters.integers("lattice"), coupling: parameters["coupling"]?.number ?? 1,
      temperature: parameters["temperature"]?.number ?? .nan)
  }

  static let samplers = [
    Sampler<PlanarSpinSystem>(
      GroupSchema.Variant("heat-bath", "Every spin in turn, drawn with its neighbours fixed."),
      cost: { system, _ in weightCost(system) }
    ) { system, _, start, random in
      PlanarHeatBath(system, start: start, random: random)
    }
  ]

  static let instruments = [
    Instrument<PlanarSpinSystem>(
      GroupSchema.Variant(
        "correlator", "s_i . s_j against the distance along the first axis, mean over the lattice.")
    ) { system, _ in PlanarCorrelator(system) }
  ]

  static let models: [any ModelEntry.Type] = [PlanarLinearEntry.self]
}

/// Its linear model.
enum PlanarLinearEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "planar-linear", "H_eff = E0 - K sum over bonds of s_i . s_j, for planar-spins.")

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    PlanarLinearModel()
  }
}
