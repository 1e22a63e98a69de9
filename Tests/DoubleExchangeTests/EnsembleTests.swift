import DoubleExchange
import Foundation
import MonteCarlo
import Testing

/// Each method against the ensemble integrated exactly. A row compares about nine averages at 4.5
/// standard errors from fifty bins: false alarms below 1e-3 for the whole suite.
@Suite("Exact ensembles of tiny systems")
struct EnsembleTests {
  static let names = [
    "logWeight", "magnetisation", "magnetisationSquared", "magnetisationFourth",
    "staggeredMagnetisation", "staggeredMagnetisationSquared", "nearestNeighbourCorrelation",
    "energy", "density",
  ]

  private func compare(
    _ system: DoubleExchangeSystem, _ method: ExactMethod, _ mix: ProposalMix, rows: Int,
    exact: [String: Double]
  ) throws {
    let chain = try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 200, mix: mix, trajectorySteps: 4,
        temperatures: method == .replicaExchange
          ? [1.5 * system.temperature, 2.5 * system.temperature] : [], recordsSpins: false),
      random: stream(61))
    let measured = series(chain, rows: rows)
    for name in Self.names {
      let estimate = Estimate(measured[name] ?? [])
      let expected = exact[name] ?? .nan
      #expect(
        abs(estimate.mean - expected) < 4.5 * estimate.error + 1e-9,
        "\(method) \(name): \(estimate.mean) +- \(estimate.error), exactly \(expected)")
    }
  }

  static let mixes = [
    ProposalMix(fresh: 1), ProposalMix(fresh: 0, rotation: 1),
    ProposalMix(fresh: 1, rotation: 1, reflection: 2),
  ]

  @Test("2 x 1, by every method and proposal", arguments: ExactMethod.allCases, 0..<3)
  func dimer(method: ExactMethod, mix: Int) throws {
    let system = try system([2, 1], coupling: 3, mu: -0.5, temperature: 0.3)
    try compare(
      system, method, Self.mixes[mix], rows: 8000,
      exact: quadrature(system, polar: 40, azimuthal: 1))
  }

  @Test("2 x 2, by every method", arguments: ExactMethod.allCases)
  func plaquette(method: ExactMethod) throws {
    let system = try system([2, 2], coupling: 2, temperature: 0.5)
    try compare(
      system, method, Self.mixes[2], rows: 10000,
      exact: quadrature(system, polar: 8, azimuthal: 8))
  }

  @Test("the quadrature has converged")
  func convergence() throws {
    let system = try system([2, 2], coupling: 2, temperature: 0.5)
    let (coarse, fine) = (
      quadrature(system, polar: 7, azimuthal: 7), quadrature(system, polar: 8, azimuthal: 8)
    )
    for name in Self.names {
      #expect(abs((coarse[name] ?? .nan) - (fine[name] ?? .nan)) < 2e-4, "\(name)")
    }
  }

  @Test("1 x 1: the spin is free", arguments: ExactMethod.allCases)
  func single(method: ExactMethod) throws {
    let system = try system([1, 1], coupling: 3, temperature: 0.3)
    let chain = try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 50, temperatures: method == .replicaExchange ? [1] : []),
      random: stream(62))
    let width = chain.columns.reduce(0) { $0 + $1.width }
    var (rows, squares) = ([Double](), [Double]())
    for _ in 0..<5000 {
      rows.removeAll(keepingCapacity: true)
      chain.advance(into: &rows)
      squares.append(rows[width - 1] * rows[width - 1])
    }
    // 4.5 standard errors: false alarms 4e-5 a row.
    let estimate = Estimate(squares)
    #expect(abs(estimate.mean - 1.0 / 3) < 4.5 * estimate.error)
  }
}
