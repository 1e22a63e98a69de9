internal import Lattice
internal import MonteCarlo

/// ln W without diagonalising: determinants of mu + i omega_p - H at the poles of the Fermi function.
///
///     ln W = -Tr(H - mu) / 2T + 2N ln 2 + sum_p (c_p / 2) (ln |det(mu + i omega_p - H)|^2 - 2N ln omega_p^2)
///
/// Along its longest direction the lattice is a ring of slices, each coupled to the next by -t times
/// the identity. Folded at one slice the ring becomes an open chain of pairs (r, R - 1 - r), and
/// eliminating one pair after the other, D' = A' - t^2 D^-1, costs N^2 rather than N^3 on a square.
final class RingLogWeight {
  private let system: DoubleExchangeSystem
  private let expansion: PoleExpansion
  /// Sites of the folded pairs, in the order of elimination.
  private let groups: [[Int]]
  private let groupSigns: [[Double]]
  /// Hopping between the members of a group: (group-local i, j, amplitude of H).
  private let bonds: [[(Int, Int, Double)]]
  private let onSite: Double
  private let matrix: LaneMatrix
  private let inverse: Workspace<Lane>
  private let frequencies: [Lane]
  private let weights: [Lane]
  private let constant: Double

  /// nil when no expansion keeps the error of ln W below `tolerance`, or rounding would not, at
  /// temperatures that dwarf the band.
  init?(_ system: DoubleExchangeSystem, tolerance: Double) {
    self.system = system
    let halfWidth = PoleExpansion.halfWidth(of: system)
    guard
      halfWidth < 1e4, system.temperature < 1e6 * max(1, system.bandEdge),
      let found = PoleExpansion.search(
        halfWidth: halfWidth, logTolerance: tolerance / Double(system.states))
    else { return nil }
    expansion = found
    let ring = RingGeometry(system.lattice)
    groups = ring.groups
    let staggering = system.lattice.staggering
    groupSigns = groups.map { $0.map { staggering[$0] } }
    bonds = ring.bonds(hopping: system.hopping)
    onSite = ring.selfBonds * -2 * system.hopping
    let capacity = groups.reduce(0) { max($0, $1.count) }
    matrix = LaneMatrix(capacity: capacity, isPaired: system.hasPairedLevels)
    inverse = Workspace(repeating: Lane(repeating: 0), count: 4 * capacity * matrix.stride)
    let lanes = (found.poles.count + 3) / 4
    // Lanes beyond the last pole repeat the first one with weight 0.
    var frequencies = [Lane](
      repeating: Lane(repeating: 2 * system.temperature * found.poles[0]), count: lanes)
    var weights = [Lane](repeating: Lane(repeating: 0), count: lanes)
    let states = Double(system.states)
    var constant =
      states * naturalLogarithm(2)
      - system.inverseTemperature * states * (onSite - system.chemicalPotential) / 2
    for (p, (pole, weight)) in zip(found.poles, found.weights).enumerated() {
      let omega = 2 * system.temperature * pole
      frequencies[p / 4][p % 4] = omega
      weights[p / 4][p % 4] = weight / 2
      constant -= weight * states * naturalLogarithm(omega)
    }
    (self.frequencies, self.weights, self.constant) = (frequencies, weights, constant)
  }

  /// Whether the determinants take less time than LAPACK's levels, by two formulas fitted to
  /// measurements in nanoseconds from 2 x 2 to 20 x 20; on the square lattice they always do until
  /// the temperature asks for very many poles.
  var isFasterThanLevels: Bool {
    let n = Double(system.states)
    let levels = (0.24 * n + 30) * n * n
    let products = groups.enumerated().reduce(0.0) {
      let count = Double($1.element.count)
      return $0 + count * count * count / ($1.offset == groups.count - 1 ? 3 : 1)
    }
    let eliminations = 4.2 * Double(matrix.width) * products + 30 * n
    return eliminations * Double(frequencies.count) < levels
  }

  func logWeight(_ field: borrowing Field) -> Double {
    var sum = constant
    for lane in frequencies.indices {
      var logs = Lane(repeating: 0)
      for group in groups.indices {
        fill(group, frequencies[lane], field)
        if group > 0 { subtractInverse(group) }
        let isLast = group == groups.count - 1
        logs += matrix.eliminate(
          count: groups[group].count, staggering: groupSigns[group], isInverted: !isLast)
        if !isLast { keepInverse(groups[group].count) }
      }
      sum += (weights[lane] * logs).sum()
    }
    return sum
  }

  /// mu + i omega - H within the group.
  private func fill(_ group: Int, _ frequency: Lane, _ field: borrowing Field) {
    let sites = groups[group]
    let zero = LaneMatrix.Number(re: Lane(repeating: 0), im: Lane(repeating: 0))
    for row in 0..<(2 * sites.count) {
      for column in 0..<(matrix.width * sites.count) { matrix.set(row, column, zero) }
    }
    let half = system.coupling / 2
    let diagonal = system.chemicalPotential - onSite
    for (i, site) in sites.enumerated() {
      let s = half * field.spin(at: site)
      set(2 * i, matrix.width * i, diagonal - s.z, frequency)
      set(2 * i + 1, matrix.width * i, -s.x, Lane(repeating: -s.y))
      if matrix.width == 2 {
        set(2 * i, 2 * i + 1, -s.x, Lane(repeating: s.y))
        set(2 * i + 1, 2 * i + 1, diagonal + s.z, frequency)
      }
    }
    for (i, j, amplitude) in bonds[group] {
      for spin in 0..<matrix.width {
        set(2 * i + spin, matrix.width * j + spin, -amplitude, Lane(repeating: 0))
      }
    }
  }

  private func set(_ row: Int, _ column: Int, _ real: Double, _ imaginary: Lane) {
    matrix.set(row, column, LaneMatrix.Number(re: Lane(repeating: real), im: imaginary))
  }

  private func keepInverse(_ count: Int) {
    unsafe inverse.start.update(
      from: matrix.elements.start, count: 4 * count * matrix.stride)
  }

  /// D -= t^2 X for a pair of slices; a single last slice meets both members of the pair before.
  private func subtractInverse(_ group: Int) {
    let (count, before) = (groups[group].count, groups[group - 1].count)
    let square = system.hopping * system.hopping
    let copies = before / count
    let columns = matrix.width * count
    for row in 0..<(2 * before) {
      for column in 0..<(matrix.width * before) {
        let from = unsafe inverse.start + 2 * (row * matrix.stride + column)
        let (to, across) = copies == 1 ? (row, column) : (row % (2 * count), column % columns)
        let old = matrix.number(to, across)
        unsafe matrix.set(
          to, across,
          LaneMatrix.Number(re: old.re - square * from[0], im: old.im - square * from[1]))
      }
    }
  }
}
