/// Do the means of about 32 bins scatter as tau says? A small slow part under fast noise is lost in
/// the noise of rho, lag by lag, but not in the means of long bins.
struct BinScatter {
  let length: Int
  let count: Int
  /// Bin length times the variance of the bin means, to be compared with 2 tau Gamma(0).
  let longRunVariance: Double
  /// Of a scatter at least as wide if tau is right; bins that are short against tau scatter less.
  let probability: Double

  static let wanted = 32

  init(_ replicas: [[Double]], _ analysis: AutocorrelationAnalysis) {
    // As many as fit, of one length, and none across replicas.
    let length = replicas.reduce(Int.max) { shortest, series in
      let share = max(1, Self.wanted * series.count / analysis.count)
      return min(shortest, max(1, series.count / share))
    }
    var squares = 0.0
    var count = 0
    for series in replicas {
      for bin in 0..<(series.count / length) {
        let sum = series[(bin * length)..<((bin + 1) * length)].reduce(0) {
          $0 + ($1 - analysis.mean)
        }
        squares += sum * sum / Double(length)
        count += 1
      }
    }
    self.length = length
    self.count = count
    longRunVariance = squares / Double(max(count - 1, 1))
    probability = fisherTail(
      longRunVariance / (2 * analysis.tau * analysis.variance),
      degreesOfFreedom: max(count - 1, 1),
      denominator: AutocorrelationAnalysis.degreesOfFreedom(analysis.tau, analysis.tauError))
  }
}
