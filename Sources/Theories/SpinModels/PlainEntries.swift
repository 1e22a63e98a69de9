internal import Lattice
internal import Manifest
internal import Models
internal import SpinModels
internal import Stages
internal import Values

/// The convolutional control in manifests.
enum ConvolutionalEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "cnn",
    "A control without the symmetry of the spins: raw components of a patch, a perceptron per site.",
    fields: [
      FieldSchema(
        "patchShells", .either([.choice(["all"]), .natural]), default: .integer(6),
        "shells of the patch around a site"),
      FieldSchema(
        "hidden", .list(of: .integer(1...256), count: 2...2),
        default: .list([.integer(16), .integer(16)]), "widths of the two hidden layers"),
    ])

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    ConvolutionalArchitecture(
      patchShells: try shells(architecture, "patchShells", on: lattice),
      hidden: architecture.integers("hidden"), home: lattice
    ).makeModel()
  }
}

/// The plain transformer in manifests.
enum PlainTransformerEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "plain-transformer",
    "A control without the symmetry of the spins: a transformer on raw components, one token per "
      + "site, with a learned bias for every displacement.",
    fields: [
      FieldSchema("blocks", .integer(1...16), default: .integer(1), "blocks, one on the other"),
      FieldSchema("width", .integer(1...128), default: .integer(8), "numbers per token"),
      FieldSchema("heads", .integer(1...16), default: .integer(2), "heads of every block"),
      FieldSchema(
        "hidden", .integer(1...512), default: .integer(16), "width of every perceptron"),
    ])

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    PlainTransformerArchitecture(
      blocks: architecture["blocks"]?.integer ?? 1, width: architecture["width"]?.integer ?? 8,
      heads: architecture["heads"]?.integer ?? 2, hidden: architecture["hidden"]?.integer ?? 16,
      home: lattice
    ).makeModel()
  }
}
