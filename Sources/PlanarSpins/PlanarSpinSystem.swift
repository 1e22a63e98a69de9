public import Lattice
public import MonteCarlo

/// The XY model: a unit vector in the plane at every site,
///
///     E = -J sum_<ij> s_i . s_j,   ln W = -E / T
///
/// one bond per site and direction. In two dimensions vortices unbind at T = 0.8929 J (Hasenbusch 2005).
public struct PlanarSpinSystem: PhysicalSystem {
  /// Where the spins are.
  public let lattice: Torus
  /// J.
  public let coupling: Double
  public let temperature: Double

  /// The model on a lattice of these extents; throws what is wrong with a number.
  public init(extents: [Int], coupling: Double, temperature: Double) throws(FieldError) {
    guard !extents.isEmpty, extents.allSatisfy({ $0 >= 2 }) else {
      throw FieldError("every extent of the lattice must be at least 2, not \(extents)")
    }
    guard temperature > 0 else {
      throw FieldError("the temperature must be positive, not \(temperature)")
    }
    lattice = Torus(extents)
    self.coupling = coupling
    self.temperature = temperature
  }

  public var shape: FieldShape { FieldShape("spins", on: lattice, components: 2) }
  public var space: any FieldSpace { UnitVectors("spin") }

  public var observables: [Observable] { Self.observables }

  static let observables = [
    Observable("energy", symbol: "energy $e$", unit: "J", isMain: true, "E / N"),
    Observable("magnetisationSquared", symbol: "$M^2$", "|sum_i s_i|^2 / N^2"),
    Observable(
      "helicityModulus", symbol: "$\\Upsilon$", isMain: true,
      "(1/N) [sum_<ij>x cos(theta_i - theta_j) - (J/T) (sum_<ij>x sin(theta_i - theta_j))^2], in "
        + "units of J; jumps to 2 T / pi at the transition"),
  ]

  /// d ln W / dJ = -E / (J T).
  public var conjugates: [Conjugate] {
    [
      Conjugate(
        "coupling", [.init("energy", times: -Double(lattice.sites) / temperature)],
        explicit: ["helicityModulus"])
    ]
  }

  public func makeAction() -> any Action { PlanarSpinAction(self) }
  public func makeMeasurement() -> any Measurement { PlanarSpinMeasurement(self) }
}
