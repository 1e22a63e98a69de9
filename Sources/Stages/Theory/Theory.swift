public import Manifest
public import MonteCarlo
public import Values

/// A theory as manifests know it: what its system is called and has as fields, how its exact ensemble can be
/// drawn, what can be measured on it and which effective models go with it.
///
/// A new one is a folder of numerics, a folder in `Theories` with a type like this, and one line in
/// `theories` (docs/adding-a-system.md).
public protocol Theory: Sendable {
  associatedtype System: PhysicalSystem
  /// Name, meaning and fields of the system in a manifest. Its version is that of the weight.
  static var variant: GroupSchema.Variant { get }
  /// The system of a `system:` group that fits the schema; throws what no type can tell.
  static func makeSystem(_ parameters: Record) throws -> System
  /// How its exact ensemble can be drawn; the first is taken where the manifest names none.
  static var samplers: [Sampler<System>] { get }
  /// What can be measured on stored configurations.
  static var instruments: [Instrument<System>] { get }
  /// Effective models for its fields.
  static var models: [any ModelEntry.Type] { get }
  /// Fields of the `exact` group, for every sampler, that add to what a row holds.
  static var recording: [FieldSchema] { get }
  /// What a row holds with those fields; the system's own observables first.
  static func recorded(_ system: System, _ exact: Record) -> [Observable]
  static func makeMeasurement(_ system: System, _ exact: Record) -> any Measurement
  /// Work and room of the exact weight and of what measures a row.
  static func weightCost(_ system: System) -> Cost
  /// ln W as a formula.
  static var weightDefinition: String { get }
  /// What the system tells of configurations that a user brings along, besides ln W.
  static func evaluate(_ fields: [Field], _ system: System) -> [EvaluatedTable]
  /// What a person should know of the system at hand, such as its couplings in other conventions.
  static func remarks(on system: System) -> [String]
}

extension Theory {
  public static var instruments: [Instrument<System>] { [] }
  public static var models: [any ModelEntry.Type] { [] }
  public static var recording: [FieldSchema] { [] }
  public static func recorded(_ system: System, _ exact: Record) -> [Observable] {
    system.observables
  }
  /// That of the system.
  public static func makeMeasurement(_ system: System, _ exact: Record) -> any Measurement {
    system.makeMeasurement()
  }
  /// A weight that is a sum over the field, with a few copies of it.
  public static func weightCost(_ system: System) -> Cost {
    let numbers = Double(system.shape.count)
    return Cost(multiplications: 4 * numbers, bytes: 8 * 4 * numbers)
  }
  public static var weightDefinition: String { "ln W of the configuration" }
  public static func evaluate(_ fields: [Field], _ system: System) -> [EvaluatedTable] { [] }
  public static func remarks(on system: System) -> [String] { [] }
}

/// What a part of the work takes, roughly: predictions are made from it and no result.
public struct Cost: Sendable, Equatable {
  /// Of floating-point numbers.
  public let multiplications: Double
  /// Of memory, at once.
  public let bytes: Double

  /// So much work and room.
  public init(multiplications: Double, bytes: Double) {
    self.multiplications = multiplications
    self.bytes = bytes
  }
}

/// One quantity of many configurations.
public struct EvaluatedTable: Sendable {
  /// The name of its dataset.
  public let name: String
  /// Of its numbers; `1` for pure ones.
  public let unit: String
  /// Of one configuration's entry.
  public let shape: [Int]
  /// What it is, in a line.
  public let summary: String
  /// Configuration after configuration.
  public let values: [Double]

  /// A quantity of many configurations.
  public init(
    _ name: String, unit: String = "1", shape: [Int] = [], _ summary: String, values: [Double]
  ) {
    self.name = name
    self.unit = unit
    self.shape = shape
    self.summary = summary
    self.values = values
  }
}
