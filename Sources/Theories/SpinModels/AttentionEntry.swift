internal import Lattice
internal import Manifest
internal import Models
internal import MonteCarlo
internal import Pipeline
internal import SpinModels
internal import Stages
internal import Values

/// The equivariant attention model in manifests.
enum AttentionEntry: ExplicitModelEntry {
  static let variant = GroupSchema.Variant(
    "attention",
    "Self-attention between spins, equivariant under O(3) and the lattice's symmetries "
      + "(arXiv:2306.11527).",
    fields: [
      FieldSchema(
        "layers", .integer(0...64), symbol: "attention layers", default: .integer(1),
        "attention layers, L; 0 is the linear model with couplingShells"),
      FieldSchema(
        "smearingShells", .either([.choice(["all"]), .natural]), default: .integer(6),
        "shells that enter queries, keys and values, n_W"),
      FieldSchema(
        "couplingShells", .either([.choice(["all"]), .natural]), default: .integer(3),
        "shells that carry a coupling of the transformed spins, n_J"),
      FieldSchema("heads", .integer(1...16), default: .integer(1), "heads of every layer"),
      activation,
    ])

  private static let activation = FieldSchema(
    "activation", .choice(AttentionActivation.allCases.map(\.rawValue)), default: .text("relu"),
    "what turns scores into weights; relu is the published model")

  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel {
    let layers = architecture["layers"]?.integer ?? 1
    guard layers > 0 else {
      return LinearModel(
        shells: try shells(architecture, "couplingShells", on: lattice), home: lattice)
    }
    return AttentionArchitecture(
      layers: layers, heads: architecture["heads"]?.integer ?? 1,
      smearingShells: try shells(architecture, "smearingShells", on: lattice),
      couplingShells: try shells(architecture, "couplingShells", on: lattice),
      activation: activation(architecture), home: lattice
    ).makeModel()
  }

  private static func activation(_ record: Record) -> AttentionActivation {
    AttentionActivation(rawValue: record["activation"]?.text ?? "") ?? .relu
  }

  private static let number = FieldType.number(.finite)
  private static let row = FieldType.list(of: number, count: 1...Int.max)

  static let explicitFields = [
    activation,
    FieldSchema(
      "couplings", .list(of: number, count: 0...Int.max), unit: "energy", "J_1, J_2, … by shell"),
    FieldSchema("offset", number, unit: "energy", default: .number(0), "E0"),
    FieldSchema(
      "layers", .list(of: .list(of: row, count: 3...3), count: 0...64), default: .list([]),
      "[[q0, q1, …], [k0, …], [v0, …]] for every layer; none is the linear model"),
  ]

  static func makeExplicitModel(_ weights: Record) throws -> any TrainableModel {
    let couplings = weights.numbers("couplings")
    let layers = (weights["layers"]?.list ?? []).map { layer in
      (layer.list ?? []).map { ($0.list ?? []).compactMap(\.number) }
    }
    guard let width = layers.first?.first?.count else {
      return LinearModel(offset: weights["offset"]?.number ?? 0, couplings: couplings)
    }
    guard layers.allSatisfy({ $0.allSatisfy { $0.count == width } }) else {
      throw StageFailure(
        "model.layers: every row must have one number per shell, \(width) as the first")
    }
    var model = AttentionArchitecture(
      layers: layers.count, smearingShells: width - 1, couplingShells: couplings.count,
      activation: activation(weights)
    ).makeModel()
    model.parameters.values =
      [weights["offset"]?.number ?? 0] + couplings + layers.joined().joined()
    return model
  }
}
