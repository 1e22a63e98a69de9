internal import Lattice
internal import LinearAlgebra
public import MonteCarlo

/// How ln W alone is computed; forces and levels always come from a diagonalisation.
public enum LogWeightRoute: String, Sendable {
  /// Determinants where they are faster and exact to 1e-9, otherwise the levels.
  case automatic
  /// All levels by LAPACK: the oracle.
  case levels
  /// Determinants at the poles of the Fermi function (`RingLogWeight`).
  case determinants
}

/// ln W, forces and levels of one field after the other, with an owned workspace. Not to be shared between
/// threads.
public final class DoubleExchangeWeight: Action {
  /// The theory that it is the weight of.
  public let system: DoubleExchangeSystem
  // Where determinants suffice there is no matrix to diagonalise.
  private lazy var hamiltonian = Hamiltonian(system)
  private lazy var solver = HermitianEigensolver(order: system.states)
  private let ring: RingLogWeight?

  /// Error of ln W that the determinants may have.
  static let tolerance = 1e-9
  /// A weight with its own workspace, by the given way to ln W.
  public init(_ system: DoubleExchangeSystem, route: LogWeightRoute = .automatic) {
    self.system = system
    let ring = route == .levels ? nil : RingLogWeight(system, tolerance: Self.tolerance)
    let isWanted = route == .determinants || (ring?.isFasterThanLevels ?? false)
    self.ring = isWanted ? ring : nil
  }

  /// Whether `logWeight` takes determinants rather than levels.
  public var usesDeterminants: Bool { ring != nil }

  /// The 2N one-particle levels of the last diagonalised field, in ascending order: determinants
  /// leave them as they were.
  package var levels: [Double] { solver.values }

  /// The 2N one-particle levels of a valid field, in ascending order.
  public func levels(of field: borrowing Field) -> [Double] {
    diagonalise(field, vectors: false) ? solver.values : notSolved
  }

  /// ln W from the levels that it finds on the way, which then are `levels`; NaN when LAPACK fails.
  func logWeightByLevels(of field: borrowing Field) -> Double {
    diagonalise(field, vectors: false) ? logWeightOfLastLevels : .nan
  }

  /// The levels into an array of 2N numbers, without allocating.
  func levels(of field: borrowing Field, into levels: inout [Double]) {
    let isSolved = diagonalise(field, vectors: false)
    for n in levels.indices { levels[n] = isSolved ? solver.values[n] : .nan }
  }

  /// NaN when LAPACK fails, so that no test accepts the field.
  public func logWeight(_ field: borrowing Field) -> Double {
    if let ring { return ring.logWeight(field) }
    guard diagonalise(field, vectors: false) else { return .nan }
    return logWeightOfLastLevels
  }

  /// d ln W / dS_i = -(J / 2T) sum_n f(E_n) psi_n(i)+ sigma psi_n(i) (Hellmann and Feynman).
  public func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    guard diagonalise(field, vectors: true) else { return .nan }
    if gradient.count != 3 * system.lattice.sites {
      gradient = [Double](repeating: 0, count: 3 * system.lattice.sites)
    }
    addDensities(into: &gradient)
    return logWeightOfLastLevels
  }

  /// Solves for levels and vectors and shows them (E_n, then interleaved columns) to `body`.
  func withEigenvectors<Result>(
    of field: borrowing Field, _ body: ([Double], [Double]) -> Result
  ) -> Result? {
    guard diagonalise(field, vectors: true) else { return nil }
    return body(solver.values, solver.vectors)
  }

  var logWeightOfLastLevels: Double {
    DoubleExchange.logWeight(
      levels: solver.values, chemicalPotential: system.chemicalPotential,
      temperature: system.temperature)
  }

  private var notSolved: [Double] { [Double](repeating: .nan, count: system.states) }

  private func diagonalise(_ field: borrowing Field, vectors: Bool) -> Bool {
    hamiltonian.set(field)
    do {
      if vectors {
        try solver.solve(hamiltonian.elements)
      } else {
        try solver.solveValues(hamiltonian.elements)
      }
      return true
    } catch {
      return false
    }
  }

  private func addDensities(into gradient: inout [Double]) {
    let (beta, mu) = (system.inverseTemperature, system.chemicalPotential)
    let (values, vectors) = (solver.values, solver.vectors)
    var output = gradient.mutableSpan
    for i in output.indices { output[i] = 0 }
    for n in 0..<system.states {
      let scale = -beta * system.coupling / 2 * fermi((values[n] - mu) * beta)
      if scale == 0 { continue }
      for site in 0..<system.lattice.sites {
        let at = 2 * (2 * site + system.states * n)
        let (ur, ui, dr, di) = (vectors[at], vectors[at + 1], vectors[at + 2], vectors[at + 3])
        output[3 * site] += scale * 2 * (ur * dr + ui * di)
        output[3 * site + 1] += scale * 2 * (ur * di - ui * dr)
        output[3 * site + 2] += scale * (ur * ur + ui * ui - dr * dr - di * di)
      }
    }
  }
}
