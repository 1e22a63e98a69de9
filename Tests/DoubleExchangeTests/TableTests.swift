import DoubleExchange
import MonteCarlo
import Testing

/// Short versions of `slmc-bench table`. Twenty-seven averages at 4.5 combined standard errors,
/// errors from fifty bins with 1 to 2 autocorrelation times each at T = 0.05: false alarms below
/// 2e-3 for the suite.
@Suite("Independently computed averages on 6 x 6")
struct TableTests {
  struct Row: Sendable {
    let temperature: Double
    let values: [(name: String, mean: Double, error: Double)]
  }

  static let rows = [
    Row(
      temperature: 0.2,
      values: [
        ("magnetisation", 0.1560, 0.0003), ("staggeredMagnetisation", 0.1709, 0.0004),
        ("nearestNeighbourCorrelation", -0.0143, 0.0004), ("logWeight", 306.24, 0.02),
      ]),
    Row(
      temperature: 0.05,
      values: [
        ("magnetisation", 0.1550, 0.0005), ("staggeredMagnetisation", 0.5319, 0.0006),
        ("staggeredMagnetisationSquared", 0.2917, 0.0006),
        ("nearestNeighbourCorrelation", -0.2841, 0.0007), ("logWeight", 1221.4, 0.3),
      ]),
  ]

  @Test(
    "by the fast chain, HMC and replica exchange", arguments: rows,
    [ExactMethod.fast, .hmc, .replicaExchange])
  func averages(row: Row, method: ExactMethod) throws {
    let system = try system([6, 6], temperature: row.temperature)
    let chain = try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 100, mix: ProposalMix(fresh: 2, rotation: 1, reflection: 1),
        temperatures: method == .replicaExchange ? [1.3 * row.temperature] : [],
        recordsSpins: false),
      random: stream(95))
    let measured = series(chain, rows: 750)
    for (name, mean, error) in row.values {
      let estimate = Estimate(measured[name] ?? [])
      let combined = (estimate.error * estimate.error + error * error).squareRoot()
      #expect(
        abs(estimate.mean - mean) < 4.5 * combined,
        "\(method) T = \(row.temperature) \(name): \(estimate.mean) +- \(estimate.error)")
    }
  }
}
