public import Lattice
public import MonteCarlo

/// Classical unit spins on a periodic lattice that polarise free fermions:
///
///     H(S) = -t sum_<ij>,a (c+_ia c_ja + h.c.) + (J/2) sum_i S_i . (c+_i sigma c_i)
///     ln W(S) = sum_n ln(1 + exp(-(E_n - mu) / T)),   n = 1 … 2N
///
/// One bond per site and direction: extent 2 doubles the hopping and extent 1 adds -2t on the site.
public struct DoubleExchangeSystem: PhysicalSystem, Equatable {
  /// Where the spins are.
  public let lattice: Torus
  /// t.
  public let hopping: Double
  /// J.
  public let coupling: Double
  /// mu.
  public let chemicalPotential: Double
  /// T.
  public let temperature: Double

  /// The model on a lattice of these extents; throws what is wrong with a number.
  public init(
    lattice: Torus, hopping: Double, coupling: Double, chemicalPotential: Double,
    temperature: Double
  ) throws(ParameterError) {
    try requireFinite(hopping, "hopping")
    try requireFinite(coupling, "coupling")
    try requireFinite(chemicalPotential, "chemicalPotential")
    try requireFinite(temperature, "temperature")
    guard temperature > 0 else {
      throw ParameterError("temperature", "must be positive, not \(temperature)")
    }
    guard (1 / temperature).isFinite else {
      throw ParameterError("temperature", "\(temperature) is too small: 1/T overflows")
    }
    self.lattice = lattice
    self.hopping = hopping
    self.coupling = coupling
    self.chemicalPotential = chemicalPotential
    self.temperature = temperature
  }

  /// The same from plain extents, refusing the ones no lattice has.
  public init(
    extents: [Int], hopping: Double, coupling: Double, chemicalPotential: Double,
    temperature: Double
  ) throws(ParameterError) {
    guard !extents.isEmpty, extents.allSatisfy({ $0 >= 1 }) else {
      throw ParameterError("lattice", "every extent must be at least 1, not \(extents)")
    }
    let (sites, overflow) = extents.reduce((1, false)) {
      let (product, more) = $0.0.multipliedReportingOverflow(by: $1)
      return (product, $0.1 || more)
    }
    guard !overflow, sites <= 1 << 14 else {
      throw ParameterError("lattice", "\(extents) has more sites than a matrix of 2N x 2N can hold")
    }
    try self.init(
      lattice: Torus(extents), hopping: hopping, coupling: coupling,
      chemicalPotential: chemicalPotential, temperature: temperature)
  }

  public var shape: FieldShape { FieldShape("spins", on: lattice, components: 3) }
  public var space: any FieldSpace { UnitVectors("spin") }
  /// 1 / T.
  public var inverseTemperature: Double { 1 / temperature }

  /// Number of one-particle states, 2N.
  public var states: Int { 2 * lattice.sites }

  /// No level is further from 0: 2 d |t| from the hopping and |J|/2 from the spins.
  public var bandEdge: Double { 2 * Double(lattice.dimension) * abs(hopping) + abs(coupling) / 2 }

  /// Whether the spectrum is symmetric about mu for every field: mu = 0 and a lattice on which
  /// every hop changes the sublattice.
  public var hasPairedLevels: Bool {
    chemicalPotential == 0 && (hopping == 0 || lattice.extents.allSatisfy { $0 % 2 == 0 })
  }

  /// The same model at another temperature.
  public func at(temperature: Double) throws(ParameterError) -> DoubleExchangeSystem {
    try DoubleExchangeSystem(
      lattice: lattice, hopping: hopping, coupling: coupling,
      chemicalPotential: chemicalPotential, temperature: temperature)
  }

  public var observables: [Observable] {
    SpinObservables.definitions(on: lattice) + FermionObservables.definitions
  }

  public func makeAction() -> any Action { DoubleExchangeWeight(self) }

  public func makeMeasurement() -> any Measurement { DoubleExchangeMeasurement(self) }
}

extension Field {
  /// The three components at a site.
  @inlinable
  public func spin(at site: Int) -> SIMD3<Double> {
    SIMD3(values[3 * site], values[3 * site + 1], values[3 * site + 2])
  }

  /// Puts a spin at a site.
  @inlinable
  public mutating func setSpin(_ spin: SIMD3<Double>, at site: Int) {
    values[3 * site] = spin.x
    values[3 * site + 1] = spin.y
    values[3 * site + 2] = spin.z
  }
}
