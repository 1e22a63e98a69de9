public import Lattice
public import MonteCarlo

/// S(q) = |sum_i S_i exp(i q . r_i)|^2 / N for every q = 2 pi (k_x / L_x, k_y / L_y, …) of the torus,
/// in the order of the sites. sum_q S(q) = N for unit spins; S(0) = N M^2, S(pi, pi) = N M_st^2.
///
/// A plain sum over two tables per axis product: N^2 operations, small beside one diagonalisation.
public struct StructureFactor: Sendable {
  private let lattice: Torus
  private let cosines: [Double]
  private let sines: [Double]

  /// With a plan for transforms on that lattice.
  public init(_ lattice: Torus) {
    self.lattice = lattice
    let sites = lattice.sites
    var cosines = [Double](repeating: 0, count: sites * sites)
    var sines = cosines
    for q in 0..<sites {
      let k = lattice.coordinates(of: q)
      for site in 0..<sites {
        let r = lattice.coordinates(of: site)
        let turns = zip(zip(k, r), lattice.extents).reduce(0.0) {
          // Whole turns drop out before rounding can touch them.
          $0 + Double($1.0.0 * $1.0.1 % $1.1) / Double($1.1)
        }
        cosines[q * sites + site] = cosine(2 * .pi * turns)
        sines[q * sites + site] = sine(2 * .pi * turns)
      }
    }
    self.cosines = cosines
    self.sines = sines
  }

  /// What a chain that records it calls it.
  public static func observable(on lattice: Torus) -> Observable {
    Observable(
      "structureFactor", shape: lattice.extents.reversed(),
      "S(q) = |sum_i S_i e^(i q r_i)|^2 / N at q = 2 pi k / L")
  }

  /// S(q) of a configuration at every q.
  public func callAsFunction(_ field: borrowing Field) -> [Double] {
    let sites = lattice.sites
    var result = [Double](repeating: 0, count: sites)
    for q in 0..<sites {
      var (real, imaginary) = (SIMD3<Double>(repeating: 0), SIMD3<Double>(repeating: 0))
      for site in 0..<sites {
        let spin = field.spin(at: site)
        real += cosines[q * sites + site] * spin
        imaginary += sines[q * sites + site] * spin
      }
      result[q] = ((real * real).sum() + (imaginary * imaginary).sum()) / Double(sites)
    }
    return result
  }
}

/// S(q) alone.
public final class StructureFactorMeasurement: Measurement {
  public let observables: [Observable]
  private let structureFactor: StructureFactor

  /// With workspace for that lattice.
  public init(_ system: DoubleExchangeSystem) {
    structureFactor = StructureFactor(system.lattice)
    observables = [StructureFactor.observable(on: system.lattice)]
  }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    values = structureFactor(field)
    return nil
  }
}
