internal import Lattice
internal import Manifest
internal import Models
internal import SpinModels
internal import Stages
internal import Values

/// The invariant network in manifests.
enum InvariantNetworkEntry: ModelEntry {
  static let variant = GroupSchema.Variant(
    "invariant-network",
    "A small perceptron per site on the dot products of smeared spins; O(N), and it transfers to "
      + "other lattice sizes.",
    fields: [
      FieldSchema(
        "smearingShells", .either([.choice(["all"]), .count]), default: .integer(6),
        "shells whose sums enter the dot products"),
      FieldSchema(
        "hidden", .list(of: .integer(1...256), count: 2...2),
        default: .list([.integer(16), .integer(16)]), "widths of the two hidden layers"),
      FieldSchema(
        "messageSteps", .integer(0...4), default: .integer(0),
        "gated message-passing steps on top"),
      FieldSchema(
        "channels", .integer(1...32), default: .integer(3),
        "vectors per site that a message-passing step smears"),
      FieldSchema(
        "mixedVectors", .integer(1...32), default: .integer(6),
        "vectors per site whose dot products a message-passing step takes"),
      FieldSchema(
        "attentionHeads", .integer(0...16), default: .integer(0),
        "heads of softmax attention between all sites, on the first layer's outputs; 0 for none"),
      FieldSchema(
        "headWidth", .integer(1...32), default: .integer(3), "numbers per site that a head mixes"),
    ])

  /// Without attention an artifact looks as it did before there was any.
  static func completed(_ architecture: Record, for system: Record) throws -> Record {
    guard architecture["attentionHeads"]?.integer ?? 0 == 0 else { return architecture }
    return Record(architecture.elements.filter { !["attentionHeads", "headWidth"].contains($0.0) })
  }

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    InvariantNetworkArchitecture(
      smearingShells: try shells(architecture, "smearingShells", on: lattice),
      hidden: architecture.integers("hidden"),
      messageSteps: architecture["messageSteps"]?.integer ?? 0,
      channels: architecture["channels"]?.integer ?? 3,
      mixedVectors: architecture["mixedVectors"]?.integer ?? 6,
      attentionHeads: architecture["attentionHeads"]?.integer ?? 0,
      headWidth: architecture["headWidth"]?.integer ?? 3, home: lattice
    ).makeModel()
  }
}
