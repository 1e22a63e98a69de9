public import Lattice
public import Randomness

/// A theory: which fields it has and how probable each one is.
///
/// A new system is a new folder with one type that conforms to this, and one line in the registry
/// of `Stages`.
public protocol PhysicalSystem: Sendable {
  var lattice: Torus { get }
  /// Numbers per site.
  var components: Int { get }
  /// The space of those numbers; unit vectors unless the system says otherwise.
  var geometry: FieldGeometry { get }
  /// What `measure` writes, in order.
  var observables: [Observable] { get }
  /// Functions of means, such as Binder ratios; none by default.
  var derived: [DerivedObservable] { get }
  /// Parameters in which ln W is linear, for reweighting; none by default.
  var conjugates: [Conjugate] { get }
  /// Rejects fields outside the configuration space (wrong size, spins not of unit norm, NaN).
  func validate(_ field: Field) throws(FieldError)
  /// A field drawn from the measure without interaction (infinite temperature).
  func randomField(using random: inout RandomStream) -> Field
  /// A worker with its own workspace; not shared between threads.
  func makeWeight() -> any ExactWeight
}

extension PhysicalSystem {
  public var geometry: FieldGeometry { .unitVectors }
  public var derived: [DerivedObservable] { [] }
}

/// A measured quantity.
public struct Observable: Sendable, Equatable {
  public let name: String
  public let unit: String
  /// Definition with its normalisation.
  public let summary: String

  public init(_ name: String, unit: String = "1", _ summary: String) {
    self.name = name
    self.unit = unit
    self.summary = summary
  }
}

/// The exact weight of a system, expensive to evaluate, with its workspace.
public protocol ExactWeight: AnyObject {
  /// ln W of a valid field.
  func logWeight(_ field: borrowing Field) -> Double
  /// ln W and its derivative by every component of the field (not projected on the sphere).
  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double
  /// ln W and all observables of the system, in the order of `PhysicalSystem.observables`.
  func measure(_ field: borrowing Field, into values: inout [Double]) -> Double
}
