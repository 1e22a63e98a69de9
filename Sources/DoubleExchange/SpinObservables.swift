internal import Lattice
internal import MonteCarlo

/// Observables of the spins alone.
struct SpinObservables {
  private let sites: Int
  private let staggering: [Double]
  private let shells: NeighbourTable
  private let bonds: [(from: Int, to: Int)]
  private let corners: [Corner]

  /// A corner of the Brillouin zone: components of q in {0, pi}.
  struct Corner {
    let name: String
    /// `$S(\pi,0)$`.
    let symbol: String
    let signs: [Double]
  }

  init(_ lattice: Torus) {
    sites = lattice.sites
    staggering = lattice.staggering
    shells = NeighbourTable(lattice)
    bonds = lattice.bonds.filter { $0.from != $0.to }
    corners = Self.corners(of: lattice)
  }

  /// q = 0 and q = (pi, …, pi) are N M^2 and N M_st^2, so only the corners between are listed.
  static func corners(of lattice: Torus) -> [Corner] {
    let dimension = lattice.dimension
    guard dimension > 1, lattice.extents.allSatisfy({ $0 % 2 == 0 }) else { return [] }
    return (1..<((1 << dimension) - 1)).map { mask in
      let axes = (0..<dimension).filter { mask >> $0 & 1 == 1 }
      let signs = (0..<lattice.sites).map { site in
        let odd = axes.reduce(0) { $0 + lattice.coordinates(of: site)[$1] } % 2
        return odd == 0 ? 1.0 : -1.0
      }
      let isPi = (0..<dimension).map { mask >> $0 & 1 == 1 }
      let components = isPi.map { $0 ? "\\pi" : "0" }.joined(separator: ",")
      return Corner(
        name: isPi.map { $0 ? "Pi" : "Zero" }.joined(), symbol: "$S(\(components))$", signs: signs)
    }
  }

  static func definitions(on lattice: Torus) -> [Observable] {
    let moments = [
      Observable("magnetisation", symbol: "$|M|$", isMain: true, "M = |sum_i S_i| / N, in 0…1"),
      Observable(
        "magnetisationSquared", symbol: "$M^2$", "M^2; the Binder ratio is <M^4> / <M^2>^2"),
      Observable("magnetisationFourth", symbol: "$M^4$", "M^4"),
      Observable(
        "staggeredMagnetisation", symbol: "$|M_{st}|$", isMain: true,
        "M_st = |sum_i (-1)^(x+y) S_i| / N, in 0…1"),
      Observable("staggeredMagnetisationSquared", symbol: "$M_{st}^2$", "M_st^2"),
      Observable("staggeredMagnetisationFourth", symbol: "$M_{st}^4$", "M_st^4"),
      Observable(
        "nearestNeighbourCorrelation", symbol: "$\\langle S \\cdot S\\rangle_{nn}$",
        "mean of S_i . S_j over the bonds that join different sites, in -1…1"),
    ]
    let shells = lattice.shells.dropFirst().enumerated().map { index, shell in
      Observable(
        "spinCorrelation\(index + 1)",
        symbol: "$\\langle S \\cdot S\\rangle_{\(index + 1)}$",
        "mean of S_i . S_j over the pairs at displacement \(shell.representative) "
          + "and its images under the point group")
    }
    let corners = corners(of: lattice).map {
      Observable(
        "structureFactor\($0.name)", symbol: $0.symbol,
        "S(q) = |sum_i S_i e^(i q r_i)|^2 / N at q = (\($0.name)); "
          + "S(0) = N M^2 and S(pi, pi) = N M_st^2")
    }
    return moments + shells + corners
  }

  func measure(_ field: borrowing Field, into values: inout [Double]) {
    let m2 = squaredSum(field, signs: nil) / Double(sites * sites)
    let s2 = squaredSum(field, signs: staggering) / Double(sites * sites)
    values.append(m2.squareRoot())
    values.append(m2)
    values.append(m2 * m2)
    values.append(s2.squareRoot())
    values.append(s2)
    values.append(s2 * s2)
    var sum = 0.0
    for bond in bonds { sum += (field.spin(at: bond.from) * field.spin(at: bond.to)).sum() }
    values.append(bonds.isEmpty ? 0 : sum / Double(bonds.count))
    for shell in 1..<max(1, shells.shells.count) {
      values.append(correlation(field, shell: shell))
    }
    for corner in corners {
      values.append(squaredSum(field, signs: corner.signs) / Double(sites))
    }
  }

  private func squaredSum(_ field: borrowing Field, signs: [Double]?) -> Double {
    var sum = SIMD3<Double>(repeating: 0)
    for site in 0..<sites { sum += field.spin(at: site) * (signs?[site] ?? 1) }
    return (sum * sum).sum()
  }

  private func correlation(_ field: borrowing Field, shell: Int) -> Double {
    let z = shells.coordination(shell)
    var sum = 0.0
    for site in 0..<sites {
      let start = shells.offsets[shell] + site * z
      var neighbours = SIMD3<Double>(repeating: 0)
      for at in start..<(start + z) { neighbours += field.spin(at: shells.neighbours[at]) }
      sum += (field.spin(at: site) * neighbours).sum()
    }
    return sum / Double(sites * z)
  }
}
