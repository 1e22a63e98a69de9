internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Randomness
internal import Values

/// What the pipeline has to know of a physical system: its fields in a manifest, and how to build it
/// and its exact chains. A new system is one type like this and one line in `systems`.
protocol SystemEntry: Sendable {
  static var variant: GroupSchema.Variant { get }
  /// The system of a `system:` group that fits the schema.
  static func makeSystem(_ parameters: Record) throws -> any PhysicalSystem
  /// A chain on the exact ensemble with the settings of an `exact:` group.
  static func makeExactChain(
    _ parameters: Record, exact: Record, random: RandomStream, clock: (() -> ChainTime)?
  ) throws -> any Chain
  /// Throws what is wrong with an `exact:` group on this system; cheap, for the plan.
  static func checkExact(_ parameters: Record, exact: Record) throws
  /// Bytes of the workspace of one exact chain with the settings of an `exact:` group; without them, of
  /// one exact weight. Roughly: a plan refuses what cannot fit by it.
  static func workspaceBytes(_ parameters: Record, exact: Record?) throws -> Double
  /// What the system tells of configurations that a user brings along: ln W and whatever else.
  static func evaluate(_ fields: [Field], _ parameters: Record) throws -> [EvaluatedTable]
}

/// Every system that manifests can name.
let systems: [any SystemEntry.Type] = [DoubleExchangeEntry.self, ScalarFieldEntry.self]

let systemGroup = GroupSchema(
  "system", "The physical system: its lattice, couplings and temperature.",
  variants: systems.map { $0.variant })

/// The entry for a `system:` group.
func systemEntry(for parameters: Record) throws -> any SystemEntry.Type {
  let kind = parameters["kind"]?.text ?? ""
  guard let entry = systems.first(where: { $0.variant.kind == kind }) else {
    throw StageFailure("there is no system '\(kind)'")
  }
  return entry
}

/// The system of a `system:` group.
func makeSystem(_ parameters: Record) throws -> any PhysicalSystem {
  try systemEntry(for: parameters).makeSystem(parameters)
}
