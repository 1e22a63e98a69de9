internal import EffectiveModels
internal import Lattice
internal import Manifest
internal import Pipeline
internal import Values

/// The linear model in manifests.
enum LinearEntry: ExplicitModelEntry {
  static let variant = GroupSchema.Variant(
    "linear", "H_eff = E0 - sum_k J_k sum over pairs of shell k of S_i . S_j (RKKY-like).",
    fields: [
      FieldSchema(
        "shells", .either([.choice(["all"]), .count]), default: .text("all"),
        "how many shells of neighbours carry a coupling; `all` of the lattice's")
    ])

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    LinearModel(shells: try shells(architecture, "shells", on: lattice), home: lattice)
  }

  static let explicitFields = [
    FieldSchema(
      "couplings", .list(of: .number(.finite), count: 0...Int.max), unit: "energy",
      "J_1, J_2, … by shell"),
    FieldSchema("offset", .number(.finite), unit: "energy", default: .number(0), "E0"),
  ]

  static func makeExplicitModel(_ weights: Record) throws -> any TrainableModel {
    LinearModel(
      offset: weights["offset"]?.number ?? 0, couplings: weights.numbers("couplings"))
  }
}

/// A number of shells, `all` of the lattice's, or the problem with it.
func shells(_ record: Record, _ name: String, on lattice: Torus) throws -> Int {
  let available = lattice.shells.count - 1
  guard let wanted = record[name]?.integer else { return available }
  guard wanted <= available else {
    throw StageFailure(
      "model.\(name) is \(wanted), but the lattice \(lattice.extents) has \(available) shells")
  }
  return wanted
}
