internal import Statistics

/// A normalised histogram of a chain. The share of a bin is the mean of the row's indicator, so its
/// error and autocorrelation time are those of any observable.
package struct Histogram {
  package let edges: [Double]
  package let densities: [Double]
  package let errors: [Double]
  package let outside: Double

  package init(of replicas: [[Double]], bins: Int, range: [Double]) throws {
    let all = replicas.joined()
    let (low, high) = range.count == 2 ? (range[0], range[1]) : (all.min() ?? 0, all.max() ?? 0)
    // A number that never changes still gets its bin.
    let width = high > low ? (high - low) / Double(bins) : 1 / Double(bins)
    func bin(_ value: Double) -> Int {
      value == high ? bins - 1 : Int(((value - low) / width).rounded(.down))
    }
    var densities: [Double] = []
    var errors: [Double] = []
    let places = replicas.map { $0.map(bin) }
    for b in 0..<bins {
      let indicators = places.map { $0.map { $0 == b ? 1 / width : 0 } }
      let isEmpty = !indicators.contains { $0.contains { $0 > 0 } }
      let isFull = !indicators.contains { $0.contains(0) }
      let share = isEmpty || isFull ? nil : try AutocorrelationAnalysis(replicas: indicators)
      densities.append(share?.mean ?? (isFull ? 1 / width : 0))
      errors.append(share?.error ?? 0)
    }
    edges = (0...bins).map { low + Double($0) * width }
    self.densities = densities
    self.errors = errors
    outside = 1 - densities.reduce(0, +) * width
  }

  package var peak: Double {
    let fullest = densities.indices.max { densities[$0] < densities[$1] } ?? 0
    return (edges[fullest] + edges[fullest + 1]) / 2
  }
}
