import DoubleExchange
import Foundation
import Lattice
import MonteCarlo

/// Mean and error of a series by fifty bins.
struct Estimate {
  let mean, error: Double

  init(_ series: [Double]) {
    let bins = 50
    let length = series.count / bins
    let means = (0..<bins).map {
      series[($0 * length)..<(($0 + 1) * length)].reduce(0, +) / Double(length)
    }
    let mean = means.reduce(0, +) / Double(bins)
    let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(bins - 1)
    self.mean = mean
    error = (variance / Double(bins)).squareRoot()
  }
}

/// Rows of a chain, transposed to named series of the scalar columns.
func series(_ chain: RecordingChain, rows count: Int) -> [String: [Double]] {
  let columns = chain.columns
  var result: [String: [Double]] = [:]
  var rows: [Double] = []
  for _ in 0..<count {
    rows.removeAll(keepingCapacity: true)
    chain.advance(into: &rows)
    var at = 0
    for column in columns {
      if column.shape.isEmpty { result[column.name, default: []].append(rows[at]) }
      at += column.width
    }
  }
  return result
}

/// Nodes and weights of the Gauss-Legendre rule on [-1, 1], by Newton's method.
func gaussLegendre(_ n: Int) -> [(node: Double, weight: Double)] {
  (0..<n).map { k in
    var x = cos(.pi * (Double(k) + 0.75) / (Double(n) + 0.5))
    var slope = 1.0
    for _ in 0..<50 {
      var (p, previous) = (1.0, 0.0)
      for j in 0..<n {
        (p, previous) = (
          ((2 * Double(j) + 1) * x * p - Double(j) * previous) / Double(j + 1), p
        )
      }
      slope = Double(n) * (x * p - previous) / (x * x - 1)
      x -= p / slope
    }
    return (x, 2 / ((1 - x * x) * slope * slope))
  }
}

/// Averages of all observables (and ln W) over a small ensemble by quadrature: the first spin along
/// z and the second in the x-z plane by the global symmetry, the others over the whole sphere. The
/// average of the product of two observables goes by the name "product".
func quadrature(
  _ system: DoubleExchangeSystem, polar: Int, azimuthal: Int,
  product: (String, String)? = nil
) -> [String: Double] {
  let nodes = gaussLegendre(polar)
  let measurement = system.makeMeasurement()
  var names = ["logWeight"] + system.observables.map(\.name)
  let factors = product.map { pair in [pair.0, pair.1].map { names.firstIndex(of: $0) ?? 0 } }
  if product != nil { names.append("product") }
  var sums = [Double](repeating: 0, count: names.count)
  var (total, reference) = (0.0, Double.nan)
  var values: [Double] = []
  var field = orderedField(system)
  func visit(_ site: Int, _ measure: Double) {
    guard site < system.lattice.sites else {
      let logWeight = measurement.measure(field, into: &values) ?? .nan
      if reference.isNaN { reference = logWeight }
      let share = measure * exp(logWeight - reference)
      total += share
      var row = [logWeight] + values
      if let factors { row.append(row[factors[0]] * row[factors[1]]) }
      for (k, value) in row.enumerated() { sums[k] += share * value }
      return
    }
    for (cosine, part) in nodes {
      let sine = (1 - cosine * cosine).squareRoot()
      for k in 0..<(site == 1 ? 1 : azimuthal) {
        let angle = 2 * .pi * (Double(k) + 0.25) / Double(azimuthal)
        field.setSpin(
          site == 1 ? [sine, 0, cosine] : [sine * cos(angle), sine * sin(angle), cosine], at: site)
        visit(site + 1, measure * part)
      }
    }
  }
  visit(1, 1)
  return Dictionary(uniqueKeysWithValues: zip(names, sums.map { $0 / total }))
}
