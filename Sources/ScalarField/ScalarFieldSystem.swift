public import Lattice
public import MonteCarlo

/// One real number per site, the lattice phi^4 theory with ln W = -S (`ScalarCouplings`).
///
/// With lambda = 0 it is the free field of mass m.
public struct ScalarFieldSystem: PhysicalSystem {
  /// Where the field lives.
  public let lattice: Torus
  /// As they are computed with.
  public let couplings: ScalarCouplings

  /// - Parameters:
  ///   - massSquared: m^2; negative in the broken phase, which needs lambda > 0. `hopping` has none.
  ///   - kappa: of the conventions that have it.
  public init(
    extents: [Int], convention: ScalarCouplings.Convention = .kappa, massSquared: Double,
    lambda: Double, kappa: Double = 1
  ) throws(FieldError) {
    guard !extents.isEmpty, extents.allSatisfy({ $0 >= 2 }) else {
      throw FieldError("every extent of the lattice must be at least 2, not \(extents)")
    }
    lattice = Torus(extents)
    couplings = ScalarCouplings(
      convention, massSquared: massSquared, lambda: lambda, kappa: kappa,
      dimension: extents.count)
    guard couplings.holdsTheField else {
      throw FieldError(
        "nothing holds the field at lambda = \(lambda), massSquared = \(massSquared): "
          + "lambda must be positive, or zero with a positive massSquared")
    }
  }

  public var shape: FieldShape { FieldShape("phi", on: lattice, components: 1) }
  public var space: any FieldSpace { FlatSpace() }
  /// The weight is e^{-S}: effective models are actions.
  public var temperature: Double { 1 }

  /// Steps of a Metropolis chain: near three standard deviations of a site whose neighbours stand
  /// still, with q phi^4 in its mean field, v = 1 / (2 a + 12 q v).
  public var stepWidth: Double {
    let quadratic = couplings.quadratic
    let variance = 1 / (quadratic + (quadratic * quadratic + 12 * couplings.quartic).squareRoot())
    return 3 * variance.squareRoot()
  }

  public var observables: [Observable] { Self.observables }

  static let observables = [
    Observable("action", symbol: "action per site", isMain: true, "S / N"),
    Observable("magnetisation", symbol: "$|M|$", isMain: true, "M = |sum_x phi_x| / N"),
    Observable("magnetisationSquared", symbol: "$M^2$", "M^2"),
    Observable("magnetisationFourth", symbol: "$M^4$", "M^4"),
    Observable("fieldSquared", symbol: "$\\phi^2$", "sum_x phi_x^2 / N"),
    Observable("schwingerDyson", "sum_x phi_x dS/dphi_x / N; its mean is 1 exactly"),
  ]

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

  public func makeAction() -> any Action { ScalarFieldAction(self) }

  public func makeMeasurement() -> any Measurement { ScalarFieldMeasurement(self) }
}
