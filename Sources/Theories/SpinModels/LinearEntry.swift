internal import Lattice
internal import Manifest
internal import Models
internal import Pipeline
internal import SpinModels
internal import Stages
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
