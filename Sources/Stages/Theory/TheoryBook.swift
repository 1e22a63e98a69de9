public import Manifest
internal import Models
internal import MonteCarlo
internal import Pipeline
public import Values

/// Every theory of the program, and the parameter groups that follow from them.
public struct TheoryBook: Sendable {
  let theories: [any Theory.Type]
  /// Those of all theories, each once.
  let models: [any ModelEntry.Type]

  /// Every theory that manifests may name.
  public init(_ theories: [any Theory.Type]) {
    self.theories = theories
    var known: Set<String> = []
    models = theories.flatMap { $0.models }.filter { known.insert($0.variant.kind).inserted }
  }

  /// What manifests can say of each system.
  public var systems: [GroupSchema.Variant] { theories.map { $0.variant } }

  var systemGroup: GroupSchema {
    GroupSchema(
      "system", "The physical system: its lattice, couplings and temperature.",
      variants: systems)
  }

  var modelGroup: GroupSchema {
    GroupSchema(
      "model", "The effective model: a cheap stand-in for the exact weight.",
      variants: models.map { $0.variant })
  }

  /// How exact samples are drawn: fields of all systems, then what the samplers of each one add.
  func exactGroup(common: [FieldSchema]) -> GroupSchema {
    let summary = "How exact samples are drawn."
    return GroupSchema(
      "exact", summary, fields: common,
      forms: .init(
        by: "system",
        theories.map { theory in
          (
            theory.variant.kind,
            GroupSchema(
              "exact", summary, fields: common + theory.recording,
              variants: theory.samplerVariants,
              selector: .init("method", standard: theory.samplerVariants.first?.kind))
          )
        }))
  }

  /// What is measured on stored configurations, by system.
  var measureGroup: GroupSchema {
    let summary = "What is measured on stored configurations."
    return GroupSchema(
      "measure", summary,
      forms: .init(
        by: "system",
        theories.map { theory in
          (
            theory.variant.kind,
            GroupSchema("measure", summary, variants: theory.instrumentVariants)
          )
        }))
  }
}

extension TheoryBook {
  /// The theory of a `system:` group.
  func theory(of system: Record) throws -> any Theory.Type {
    let kind = system["kind"]?.text ?? ""
    guard let theory = theories.first(where: { $0.variant.kind == kind }) else {
      throw StageFailure("there is no system '\(kind)'")
    }
    return theory
  }

  /// The system of a `system:` group.
  func makeSystem(_ system: Record) throws -> any PhysicalSystem {
    try theory(of: system).anySystem(system)
  }

  /// What the theory remarks on a system; empty where it says nothing.
  public func remarks(on system: Record) -> [String] {
    (try? theory(of: system).remarks(on: system)) ?? []
  }

  /// The entry for a `model:` group.
  func modelEntry(for architecture: Record) throws -> any ModelEntry.Type {
    let kind = architecture["kind"]?.text ?? ""
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
}

/// Models with their numbers written out, for `slmc evaluate`.
extension TheoryBook {
  private var explicitModels: [any ExplicitModelEntry.Type] {
    models.compactMap { $0 as? any ExplicitModelEntry.Type }
  }

  var explicitModelGroup: GroupSchema {
    GroupSchema(
      "model", "An effective model with explicit weights.",
      variants: explicitModels.map {
        GroupSchema.Variant($0.variant.kind, $0.variant.summary, fields: $0.explicitFields)
      })
  }

  /// The model of a fragment with its numbers.
  func makeExplicitModel(_ weights: Record) throws -> any TrainableModel {
    let kind = weights["kind"]?.text ?? ""
    guard let entry = explicitModels.first(where: { $0.variant.kind == kind }) else {
      throw StageFailure("the weights of a model '\(kind)' cannot be written out")
    }
    return try entry.makeExplicitModel(weights)
  }
}
