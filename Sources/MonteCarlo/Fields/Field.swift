/// Numbers on a lattice: `components` of them at every place, place after place, in one flat buffer.
///
/// A place is a site or a link. Heisenberg spins have three numbers per site, a scalar field has one.
public struct Field: Sendable, Equatable {
  /// How many sites, or links.
  public let places: Int
  /// Numbers per place.
  public let components: Int
  /// Place after place.
  public var values: [Double]

  /// With these numbers.
  public init(places: Int, components: Int, values: [Double]) {
    precondition(values.count == places * components)
    self.places = places
    self.components = components
    self.values = values
  }

  /// All zero.
  public init(places: Int, components: Int) {
    self.init(
      places: places, components: components,
      values: [Double](repeating: 0, count: places * components))
  }
}

/// A field that the system cannot take, with the place that is to blame.
public struct FieldError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in words.
  public let description: String
  /// A field that cannot be taken, and why.
  public init(_ description: String) { self.description = description }
}
