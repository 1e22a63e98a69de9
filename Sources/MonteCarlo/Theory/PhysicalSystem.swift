public import Lattice
public import Randomness

/// A theory: which fields it has, how probable each one is, and what is measured on it.
///
/// A new one is a folder with a type that conforms to this and a folder in `Theories` that tells manifests
/// of it (docs/adding-a-system.md).
public protocol PhysicalSystem: Sendable {
  var lattice: Torus { get }
  /// What the field is called, where it sits and how many numbers it has.
  var shape: FieldShape { get }
  /// The space of the numbers of one place.
  var space: any FieldSpace { get }
  /// T of ln W_eff = -H_eff / T, in which effective models are energies; 1 where the weight is e^{-S}.
  var temperature: Double { get }
  /// What `makeMeasurement` measures, in its order.
  var observables: [Observable] { get }
  /// Functions of means, such as Binder ratios; none by default.
  var derived: [DerivedObservable] { get }
  /// Parameters in which ln W is linear, for reweighting; none by default.
  var conjugates: [Conjugate] { get }
  /// Rejects fields outside the configuration space (wrong size, spins not of unit norm, NaN).
  func validate(_ field: Field) throws(FieldError)
  /// A field drawn from the measure without interaction (infinite temperature).
  func randomField(using random: inout RandomStream) -> Field
  /// ln W and its forces, with a workspace of its own; not shared between threads.
  func makeAction() -> any Action
  /// What is recorded with every row of a chain, with a workspace of its own.
  func makeMeasurement() -> any Measurement
}

extension PhysicalSystem {
  public var derived: [DerivedObservable] { [] }

  public func validate(_ field: Field) throws(FieldError) {
    try shape.check(field)
    try space.validate(field)
  }

  public func randomField(using random: inout RandomStream) -> Field {
    var field = shape.zero
    space.randomise(&field, using: &random)
    return field
  }
}
