internal import Lattice
internal import Manifest
internal import Models
internal import Pipeline
internal import SpinModels
internal import Stages
internal import Values

/// Fermions close to the Fermi surface in manifests.
enum FermionWindowEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "fermion-window",
    "Fermions in a window of plane waves at the Fermi surface, the others folded in to second "
      + "order, and pair couplings; the cost grows with the cube of the window.",
    fields: [
      FieldSchema(
        "window", .number(.nonNegative), unit: "t", default: .number(1),
        "largest distance of a plane wave's energy from the chemical potential"),
      FieldSchema(
        "couplingShells", .either([.choice(["all"]), .natural]), default: .text("all"),
        "shells that carry a coupling of the spins"),
      FieldSchema(
        "vertexShells", .either([.choice(["all"]), .natural]), default: .integer(2),
        "shells of spins that a fermion scatters off, beside its own site's"),
      FieldSchema(
        "networkShells", .natural, default: .integer(0),
        "shells of an invariant network on top, for what the other waves leave; 0 for none"),
      FieldSchema(
        "hidden", .list(of: .integer(1...256), count: 2...2),
        default: .list([.integer(16), .integer(16)]), "widths of that network"),
    ])

  private static let borrowed = ["hopping", "coupling", "chemicalPotential", "temperature"]

  static func completed(_ architecture: Record, for system: Record) throws -> Record {
    var complete = architecture
    for name in borrowed {
      guard let value = system[name], value.number != nil else {
        throw StageFailure("a model `fermion-window` needs a system with `\(name)`")
      }
      complete[name] = value
    }
    return complete
  }

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    func number(_ name: String, _ standard: Double) -> Double {
      architecture[name]?.number ?? standard
    }
    let networkShells = try shells(architecture, "networkShells", on: lattice)
    let network = InvariantNetworkArchitecture(
      smearingShells: max(1, networkShells),
      hidden: architecture.integers("hidden"), home: lattice)
    return FermionWindowArchitecture(
      window: number("window", 1),
      couplingShells: try shells(architecture, "couplingShells", on: lattice),
      vertexShells: try shells(architecture, "vertexShells", on: lattice),
      hopping: number("hopping", 1), coupling: number("coupling", 1),
      chemicalPotential: number("chemicalPotential", 0), temperature: number("temperature", 1),
      network: networkShells > 0 ? network : nil, home: lattice
    ).makeModel()
  }
}
