internal import Lattice
public import MonteCarlo

/// ln W = (J/T) sum over bonds of s_i . s_j, and its force.
public final class PlanarSpinAction: Action {
  /// Of every site the neighbours in all directions, twice where two bonds join the same sites.
  let neighbours: [[Int]]
  private let strength: Double

  /// An action with its own workspace.
  public init(_ system: PlanarSpinSystem) {
    strength = system.coupling / system.temperature
    var neighbours = [[Int]](repeating: [], count: system.lattice.sites)
    for bond in system.lattice.bonds {
      neighbours[bond.from].append(bond.to)
      neighbours[bond.to].append(bond.from)
    }
    self.neighbours = neighbours
  }

  /// The sum of the spins next to a site.
  func surroundings(of site: Int, in field: borrowing Field) -> SIMD2<Double> {
    var sum = SIMD2<Double>.zero
    for other in neighbours[site] { sum += field.planarSpin(at: other) }
    return sum
  }

  public func logWeight(_ field: borrowing Field) -> Double {
    var sum = 0.0
    for site in neighbours.indices {
      sum += (field.planarSpin(at: site) * surroundings(of: site, in: field)).sum()
    }
    return strength * sum / 2
  }

  public func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    gradient = field.values
    for site in neighbours.indices {
      let pull = strength * surroundings(of: site, in: field)
      (gradient[2 * site], gradient[2 * site + 1]) = (pull.x, pull.y)
    }
    return logWeight(field)
  }
}

extension Field {
  func planarSpin(at site: Int) -> SIMD2<Double> { SIMD2(values[2 * site], values[2 * site + 1]) }
}
