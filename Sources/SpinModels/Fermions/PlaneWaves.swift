internal import Lattice
internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The real plane waves of a lattice, those with an energy close to the chemical potential first.
///
/// Energies are -2t sum_d cos k_d - mu. The window always holds whole sets of equal energy, so that
/// it is invariant under every symmetry of the lattice.
struct PlaneWaves: Sendable {
  /// One wave per column: all of them, and those inside the window.
  let all: Matrix
  let inside: Matrix
  /// Energies in the order of `all`, relative to the chemical potential.
  let energies: [Double]

  /// Energies closer than this count as equal.
  private static let tolerance = 1e-9

  init(_ lattice: Torus, hopping: Double, chemicalPotential: Double, window: Double) {
    var waves = Self.waves(lattice, hopping, chemicalPotential)
    let isInside: (Wave) -> Bool = { abs($0.energy) <= window + Self.tolerance }
    waves = waves.filter(isInside) + waves.filter { !isInside($0) }
    let sites = lattice.sites
    let count = waves.filter(isInside).count
    all = Matrix(rows: sites, columns: sites, elements: waves.flatMap(\.amplitudes))
    inside = Matrix(
      rows: sites, columns: count, elements: waves[..<count].flatMap(\.amplitudes))
    energies = waves.map(\.energy)
  }

  private struct Wave {
    let energy: Double
    let amplitudes: [Double]
  }

  /// cos kx and sin kx, normalised; where -k is k, the sine vanishes and the cosine stays alone.
  private static func waves(_ lattice: Torus, _ t: Double, _ mu: Double) -> [Wave] {
    (0..<lattice.sites).map { k in
      let numbers = lattice.coordinates(of: k)
      let opposite = lattice.site(at: numbers.map { -$0 })
      let turns = zip(numbers, lattice.extents).map { 2 * Double.pi * Double($0) / Double($1) }
      let energy = -2 * t * turns.reduce(0) { $0 + cos($1) } - mu
      let norm = ((opposite == k ? 1 : 2) / Double(lattice.sites)).squareRoot()
      return Wave(
        energy: energy,
        amplitudes: (0..<lattice.sites).map { site in
          let phase = zip(turns, lattice.coordinates(of: site)).reduce(0) {
            $0 + $1.0 * Double($1.1)
          }
          return norm * (opposite < k ? sin(phase) : cos(phase))
        })
    }
  }
}
