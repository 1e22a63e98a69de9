internal import Lattice
internal import MonteCarlo

/// The one-particle matrix of a field, 2N x 2N, interleaved columns. State 2 i + s is site i with
/// spin s (0 up, 1 down); only the 2 x 2 blocks on the diagonal depend on the field.
struct Hamiltonian {
  let order: Int
  private let halfCoupling: Double
  /// Diagonal left by the hopping of extent 1.
  private let onSite: [Double]
  private(set) var elements: [Double]

  init(_ system: DoubleExchangeSystem) {
    order = system.states
    halfCoupling = system.coupling / 2
    elements = [Double](repeating: 0, count: 2 * order * order)
    var onSite = [Double](repeating: 0, count: system.lattice.sites)
    for bond in system.lattice.bonds {
      if bond.from == bond.to {
        onSite[bond.from] -= 2 * system.hopping
        continue
      }
      for spin in 0..<2 {
        elements[2 * (2 * bond.from + spin + order * (2 * bond.to + spin))] -= system.hopping
        elements[2 * (2 * bond.to + spin + order * (2 * bond.from + spin))] -= system.hopping
      }
    }
    self.onSite = onSite
  }

  /// Writes (J/2) S.sigma = (J/2) [z, x - iy; x + iy, -z] into every diagonal block.
  mutating func set(_ field: borrowing Field) {
    for site in onSite.indices {
      let spin = field.spin(at: site)
      let up = 2 * (2 * site + order * 2 * site)
      let down = up + 2 * order
      elements[up] = onSite[site] + halfCoupling * spin.z
      elements[up + 2] = halfCoupling * spin.x
      elements[up + 3] = halfCoupling * spin.y
      elements[down] = halfCoupling * spin.x
      elements[down + 1] = -halfCoupling * spin.y
      elements[down + 2] = onSite[site] - halfCoupling * spin.z
    }
  }

  /// Sum of the levels, independent of the field.
  var trace: Double { 2 * onSite.reduce(0, +) }
}
