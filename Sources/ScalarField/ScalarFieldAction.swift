internal import Lattice
public import MonteCarlo

/// ln W = -S of the scalar field, its force and its change when one number changes.
public final class ScalarFieldAction: LocalAction {
  private let couplings: ScalarCouplings
  /// The 2d sites next to every site, one row after the other.
  private let neighbours: [Int]
  private let degree: Int

  /// An action with its own workspace.
  public init(_ system: ScalarFieldSystem) {
    let lattice = system.lattice
    couplings = system.couplings
    degree = 2 * lattice.dimension
    neighbours = (0..<lattice.sites).flatMap { site in
      (0..<lattice.dimension).flatMap { axis in
        [1, -1].map { step in
          var displacement = [Int](repeating: 0, count: lattice.dimension)
          displacement[axis] = step
          return lattice.site(site, movedBy: displacement)
        }
      }
    }
  }

  /// b times the sum of the neighbours.
  private func neighbourSum(_ field: borrowing Field, _ site: Int) -> Double {
    var sum = 0.0
    for n in (site * degree)..<((site + 1) * degree) { sum += field.values[neighbours[n]] }
    return couplings.neighbour * sum
  }

  private func potential(_ phi: Double) -> Double {
    let square = phi * phi
    return (couplings.quadratic + couplings.quartic * square) * square
  }

  public func logWeight(_ field: borrowing Field) -> Double {
    var action = couplings.constant * Double(field.places)
    for site in field.values.indices {
      let phi = field.values[site]
      action += potential(phi) - phi * neighbourSum(field, site) / 2
    }
    return -action
  }

  public func change(of field: borrowing Field, at index: Int, to value: Double) -> Double {
    let old = field.values[index]
    return potential(old) - potential(value) + (value - old) * neighbourSum(field, index)
  }

  public func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    gradient = field.values
    for site in field.values.indices {
      let phi = field.values[site]
      gradient[site] =
        neighbourSum(field, site)
        - 2 * (couplings.quadratic + 2 * couplings.quartic * phi * phi) * phi
    }
    return logWeight(field)
  }
}
