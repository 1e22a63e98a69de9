/// A field on a lattice: `components` numbers per site, site after site, in one flat buffer.
///
/// Heisenberg spins have three components of unit norm; a scalar field has one.
public struct Field: Sendable, Equatable {
  public let sites: Int
  public let components: Int
  public var values: [Double]

  public init(sites: Int, components: Int, values: [Double]) {
    precondition(values.count == sites * components)
    self.sites = sites
    self.components = components
    self.values = values
  }

  public init(sites: Int, components: Int) {
    self.init(
      sites: sites, components: components,
      values: [Double](repeating: 0, count: sites * components))
  }
}

/// The space that every site's components live in; hybrid Monte Carlo moves along its geodesics.
public enum FieldGeometry: Sendable, Equatable {
  case unitVectors
  case flat
}

/// A field that the system cannot take, with the site that is to blame.
public struct FieldError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
