internal import Lattice
internal import Manifest
internal import Models
internal import SpinModels
internal import Stages
internal import Values

/// The free field in manifests.
enum FreeFieldEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "free-field",
    "H_eff = E0 + A sum phi^2 - sum_k K_k sum over pairs of shell k of phi phi, for a scalar-field.",
    fields: [
      FieldSchema(
        "shells", .either([.choice(["all"]), .count]), default: .integer(1),
        "how many shells of neighbours carry a coupling; `all` of the lattice's")
    ])

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    FreeFieldModel(shells: try shells(architecture, "shells", on: lattice))
  }
}
