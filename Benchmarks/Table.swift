import DoubleExchange
import Foundation
import MonteCarlo
import Randomness

/// The table of independently computed averages on 6 x 6 (t = 1, J = 1, mu = 0), by every method,
/// with statistical errors and the distance in combined standard errors.
///
/// Arguments: rows per method (default 4000), then the methods to run.
func benchTable(_ arguments: [String]) throws {
  let rows = arguments.compactMap { Int($0) }.first ?? 4000
  let chosen = arguments.compactMap { ExactMethod(rawValue: $0) }
  print("   T    method            |M|          |M_st|         M_st^2        S.S nn          ln W")
  var worst = 0.0
  for (index, reference) in references.enumerated() {
    for method in chosen.isEmpty ? ExactMethod.allCases : chosen {
      let chain = try tableChain(method, reference.temperature, index)
      // One diagonalisation per proposal buys fewer rows.
      let count = method == .naive ? rows / 4 : rows
      let averages = try averages(chain, rows: count)
      var line = String(format: "%5.2f  ", reference.temperature)
      line += method.rawValue.padding(toLength: 17, withPad: " ", startingAt: 0)
      for ((mean, error), (expected, sigma)) in zip(averages, reference.values) {
        let distance = (mean - expected) / (error * error + sigma * sigma).squareRoot()
        worst = max(worst, abs(distance))
        line += String(format: " %9.4f(%6.4f)%+4.1f", mean, error, distance)
      }
      print(line)
    }
  }
  print(String(format: "worst distance: %.1f combined standard errors", worst))
}

private func tableChain(
  _ method: ExactMethod, _ temperature: Double, _ index: Int
) throws -> RecordingChain {
  let system = try DoubleExchangeSystem(
    extents: [6, 6], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: temperature)
  return try RecordingChain(
    system,
    settings: ExactChainSettings(
      method: method, thermalisation: 200, stride: 1,
      mix: ProposalMix(fresh: 2, rotation: 1, reflection: 1),
      temperatures: method == .replicaExchange ? [1.25 * temperature, 1.6 * temperature] : [],
      recordsSpins: false),
    random: RandomStream(key: UInt64(100 + index), nonce: UInt64(method.rawValue.count)))
}

private struct TableRow {
  let temperature: Double
  /// |M|, |M_st|, M_st^2, S.S of neighbours, ln W, each with its error.
  let values: [(Double, Double)]
}

private let references = [
  TableRow(
    temperature: 0.20,
    values: [
      (0.1560, 0.0003), (0.1709, 0.0004), (0.0343, 0.0002), (-0.0143, 0.0004), (306.24, 0.02),
    ]),
  TableRow(
    temperature: 0.10,
    values: [
      (0.1668, 0.0004), (0.2267, 0.0004), (0.0597, 0.0002), (-0.0446, 0.0004), (604.43, 0.06),
    ]),
  TableRow(
    temperature: 0.05,
    values: [
      (0.1550, 0.0005), (0.5319, 0.0006), (0.2917, 0.0006), (-0.2841, 0.0007), (1221.4, 0.3),
    ]),
]

/// Means and errors from forty bins of the five columns.
private func averages(_ chain: RecordingChain, rows count: Int) throws -> [(Double, Double)] {
  let names = [
    "magnetisation", "staggeredMagnetisation", "staggeredMagnetisationSquared",
    "nearestNeighbourCorrelation", "logWeight",
  ]
  let places = names.map { name in chain.columns.firstIndex { $0.name == name } ?? 0 }
  let bins = 40
  var sums = [[Double]](repeating: [Double](repeating: 0, count: bins), count: names.count)
  let length = max(1, count / bins)
  var row: [Double] = []
  for bin in 0..<bins {
    for _ in 0..<length {
      row.removeAll(keepingCapacity: true)
      chain.advance(into: &row)
      for (k, place) in places.enumerated() { sums[k][bin] += row[place] / Double(length) }
    }
  }
  return sums.map { values in
    let mean = values.reduce(0, +) / Double(bins)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(bins - 1)
    return (mean, (variance / Double(bins)).squareRoot())
  }
}
