public import Lattice
public import MonteCarlo
public import Randomness

/// One real number per site, the lattice phi^4 theory:
///
///     S = sum_x [ (d + m^2/2) phi_x^2 + lambda phi_x^4 - sum_mu phi_x phi_{x+mu} ],   ln W = -S
///
/// With lambda = 0 it is the free field of mass m.
public struct ScalarFieldSystem: PhysicalSystem {
  public let lattice: Torus
  /// m^2; negative in the broken phase, which needs lambda > 0.
  public let massSquared: Double
  public let lambda: Double

  public init(extents: [Int], massSquared: Double, lambda: Double) throws(FieldError) {
    guard !extents.isEmpty, extents.allSatisfy({ $0 >= 2 }) else {
      throw FieldError("every extent of the lattice must be at least 2, not \(extents)")
    }
    guard lambda > 0 || (lambda == 0 && massSquared > 0) else {
      throw FieldError(
        "nothing holds the field at lambda = \(lambda), massSquared = \(massSquared): "
          + "lambda must be positive, or zero with a positive massSquared")
    }
    lattice = Torus(extents)
    self.massSquared = massSquared
    self.lambda = lambda
  }

  public var components: Int { 1 }
  public var geometry: FieldGeometry { .flat }

  /// Steps of a Metropolis chain: near three standard deviations of a site whose neighbours stand
  /// still, with lambda phi^4 in its mean field, v = 1 / (2 (d + m^2/2) + 12 lambda v).
  public var stepWidth: Double {
    let quadratic = Double(lattice.dimension) + massSquared / 2
    let variance = 1 / (quadratic + (quadratic * quadratic + 12 * lambda).squareRoot())
    return 3 * variance.squareRoot()
  }

  public var observables: [Observable] {
    [
      Observable("action", symbol: "action per site", isMain: true, "S / N"),
      Observable(
        "magnetisation", symbol: "$|M|$", isMain: true, "M = |sum_x phi_x| / N"),
      Observable("magnetisationSquared", symbol: "$M^2$", "M^2"),
      Observable("magnetisationFourth", symbol: "$M^4$", "M^4"),
      Observable("fieldSquared", symbol: "$\\phi^2$", "sum_x phi_x^2 / N"),
      Observable("schwingerDyson", "sum_x phi_x dS/dphi_x / N; its mean is 1 exactly"),
    ]
  }

  public var derived: [DerivedObservable] {
    [
      DerivedObservable(
        Observable(
          "magnetisationBinder", symbol: "Binder ratio of $M$",
          "<M^4> / <M^2>^2: 1 in perfect order, 3 without"),
        of: [["magnetisationFourth"], ["magnetisationSquared"]]
      ) { $0[0] / ($0[1] * $0[1]) }
    ]
  }

  public func validate(_ field: Field) throws(FieldError) {
    guard field.sites == lattice.sites, field.components == 1 else {
      throw FieldError(
        "the lattice \(lattice.extents) has \(lattice.sites) sites with 1 number each, this field "
          + "has \(field.sites) with \(field.components)")
    }
    if let site = field.values.firstIndex(where: { !$0.isFinite }) {
      throw FieldError("the field at site \(site) is not finite: \(field.values[site])")
    }
  }

  public func randomField(using random: inout RandomStream) -> Field {
    var field = Field(sites: lattice.sites, components: 1)
    for site in field.values.indices { field.values[site] = random.normalPair().0 }
    return field
  }

  public func makeWeight() -> any ExactWeight { ScalarFieldWeight(self) }
}
