internal import EffectiveModels
internal import Lattice
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Values

/// What the pipeline has to know of an architecture: its fields in a manifest and in a fragment with
/// explicit weights, and how to build it. A new model is one type like this and one line in `models`.
protocol ModelEntry: Sendable {
  /// The architecture's fields: what a `model:` group of a manifest holds.
  static var variant: GroupSchema.Variant { get }
  /// An untrained model for a lattice; throws when they do not fit each other.
  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel
  /// The architecture with what it takes over from the system; an artifact keeps this.
  static func completed(_ architecture: Record, for system: Record) throws -> Record
}

extension ModelEntry {
  static func completed(_ architecture: Record, for system: Record) throws -> Record {
    architecture
  }
}

/// An architecture small enough that a person may write its weights into a fragment.
protocol ExplicitModelEntry: ModelEntry {
  /// The fields with explicit weights, for `slmc evaluate`.
  static var explicitFields: [FieldSchema] { get }
  static func makeExplicitModel(_ weights: Record) throws -> any TrainableModel
}

/// Every architecture that manifests can name.
let models: [any ModelEntry.Type] = [
  LinearEntry.self, AttentionEntry.self, InvariantNetworkEntry.self, FermionWindowEntry.self,
  ConvolutionalEntry.self, PlainTransformerEntry.self, FreeFieldEntry.self,
]

let modelGroup = GroupSchema(
  "model", "The effective model: a cheap stand-in for the exact weight.",
  variants: models.map { $0.variant })

/// A model with its numbers written out.
let explicitModelGroup = GroupSchema(
  "model", "An effective model with explicit weights.",
  variants: explicitModels.map {
    GroupSchema.Variant($0.variant.kind, $0.variant.summary, fields: $0.explicitFields)
  })

private let explicitModels = models.compactMap { $0 as? any ExplicitModelEntry.Type }

/// The model of a fragment with its numbers.
func makeExplicitModel(_ weights: Record) throws -> any TrainableModel {
  let kind = weights["kind"]?.text ?? ""
  guard let entry = explicitModels.first(where: { $0.variant.kind == kind }) else {
    throw StageFailure("the weights of a model '\(kind)' cannot be written out")
  }
  return try entry.makeExplicitModel(weights)
}

/// The entry for a `model:` group.
func modelEntry(for parameters: Record) throws -> any ModelEntry.Type {
  let kind = parameters["kind"]?.text ?? ""
  guard let entry = models.first(where: { $0.variant.kind == kind }) else {
    throw StageFailure("there is no model '\(kind)'")
  }
  return entry
}

/// An untrained model for a system; throws when they do not fit each other.
func makeModel(
  _ architecture: Record, for system: any PhysicalSystem
) throws -> any TrainableModel {
  let model = try modelEntry(for: architecture).makeModel(architecture, on: system.lattice)
  try checkFields(of: model, for: system)
  return model
}

/// Throws when a model is made for other fields than the system's.
func checkFields(of model: any TrainableModel, for system: any PhysicalSystem) throws {
  guard model.components == system.components else {
    throw StageFailure(
      "model.kind: `\(model.kind)` is made for fields with \(model.components) numbers per site, "
        + "but those of the system have \(system.components)")
  }
}

extension Record {
  func numbers(_ name: String) -> [Double] { (self[name]?.list ?? []).compactMap(\.number) }
}
