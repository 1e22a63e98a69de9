internal import Lattice
public import MonteCarlo

/// ln W = -S of the scalar field, its force and its change when one site changes.
public final class ScalarFieldWeight: LocalWeight {
  private let quadratic: Double
  private let lambda: Double
  /// The 2d sites next to every site, one row after the other.
  private let neighbours: [Int]
  private let degree: Int

  public init(_ system: ScalarFieldSystem) {
    let lattice = system.lattice
    quadratic = Double(lattice.dimension) + system.massSquared / 2
    lambda = system.lambda
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

  private func neighbourSum(_ field: borrowing Field, _ site: Int) -> Double {
    var sum = 0.0
    for n in (site * degree)..<((site + 1) * degree) { sum += field.values[neighbours[n]] }
    return sum
  }

  private func potential(_ phi: Double) -> Double {
    let square = phi * phi
    return (quadratic + lambda * square) * square
  }

  public func logWeight(_ field: borrowing Field) -> Double {
    var action = 0.0
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
        neighbourSum(field, site) - 2 * (quadratic + 2 * lambda * phi * phi) * phi
    }
    return logWeight(field)
  }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double {
    var gradient: [Double] = []
    let logWeight = force(field, into: &gradient)
    let count = Double(field.sites)
    var (sum, square, virial) = (0.0, 0.0, 0.0)
    for site in field.values.indices {
      let phi = field.values[site]
      sum += phi
      square += phi * phi
      virial -= phi * gradient[site]
    }
    let order = abs(sum) / count
    values = [
      -logWeight / count, order, order * order, order * order * order * order, square / count,
      virial / count,
    ]
    return logWeight
  }
}
