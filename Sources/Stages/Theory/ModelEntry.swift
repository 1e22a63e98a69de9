public import Lattice
public import Manifest
public import Models
internal import MonteCarlo
internal import Pipeline
public import Values

/// An architecture of effective models as manifests know it: its fields, and how to build it. A new model is
/// one type like this, in the list of the theories that it is for.
public protocol ModelEntry: Sendable {
  /// The architecture's fields: what a `model:` group of a manifest holds.
  static var variant: GroupSchema.Variant { get }
  /// An untrained model for a lattice; throws when they do not fit each other.
  static func makeModel(_ architecture: Record, on lattice: Torus) throws -> any TrainableModel
  /// The architecture with what it takes over from the system; an artifact keeps this.
  static func completed(_ architecture: Record, for system: Record) throws -> Record
}

extension ModelEntry {
  public static func completed(_ architecture: Record, for system: Record) throws -> Record {
    architecture
  }
}

/// An architecture small enough that a person may write its weights into a fragment.
public protocol ExplicitModelEntry: ModelEntry {
  /// The fields with explicit weights, for `slmc evaluate`.
  static var explicitFields: [FieldSchema] { get }
  static func makeExplicitModel(_ weights: Record) throws -> any TrainableModel
}

/// Throws when a model is made for other fields than the system's.
func checkFields(of model: any TrainableModel, for system: any PhysicalSystem) throws {
  guard model.components == system.shape.components else {
    throw StageFailure(
      "model.kind: `\(model.kind)` is made for fields with \(model.components) numbers per site, "
        + "but those of the system have \(system.shape.components)")
  }
}

/// A number of shells, `all` of the lattice's, or the problem with it.
public func shells(_ record: Record, _ name: String, on lattice: Torus) throws -> Int {
  let available = lattice.shells.count - 1
  guard let wanted = record[name]?.integer else { return available }
  guard wanted <= available else {
    throw StageFailure(
      "model.\(name) is \(wanted), but the lattice \(lattice.extents) has \(available) shells")
  }
  return wanted
}

extension Record {
  /// The numbers of a list of that name.
  public func numbers(_ name: String) -> [Double] { (self[name]?.list ?? []).compactMap(\.number) }
  /// The integers of a list of that name.
  public func integers(_ name: String) -> [Int] { (self[name]?.list ?? []).compactMap(\.integer) }
}
