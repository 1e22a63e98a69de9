public import Lattice

/// What a field is called, where its numbers sit and how many there are at each place.
public struct FieldShape: Sendable, Equatable {
  /// As which column a chain records it: "spins", "phi", "links".
  public let name: String
  /// What a place is called in messages: "site", "link".
  public let place: String
  /// How many there are.
  public let places: Int
  /// Numbers per place.
  public let components: Int

  /// One set of numbers per site.
  public init(_ name: String, on lattice: Torus, components: Int) {
    self.name = name
    place = "site"
    places = lattice.sites
    self.components = components
  }

  /// How many numbers a field has.
  public var count: Int { places * components }
  /// Of a recorded field.
  public var dimensions: [Int] { [places, components] }
  /// A field of this shape, all zero.
  public var zero: Field { Field(places: places, components: components) }

  /// A field of these numbers; throws when they are not as many as it takes.
  public func field(_ values: [Double]) throws(FieldError) -> Field {
    guard values.count == count else {
      throw FieldError("\(values.count) numbers where a field \(name) has \(count)")
    }
    return Field(places: places, components: components, values: values)
  }

  /// Throws when a field has another shape.
  public func check(_ field: borrowing Field) throws(FieldError) {
    guard field.components == components else {
      throw FieldError(
        "\(name) have \(components) components at a \(place), this field has \(field.components)")
    }
    guard field.places == places else {
      throw FieldError(
        "the lattice has \(places) \(place)s for \(name), this field has \(field.places)")
    }
  }
}
