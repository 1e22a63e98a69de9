/// Gamma(t), normalised, for as many lags as the window needs.
struct AutocorrelationFunction {
  /// Gamma(t) / Gamma(0), Gamma(t) = sum of lagged products / (number of pairs at that lag).
  var rho: [Double]
  /// Gamma(0) of the scaled deviations.
  let variance: Double
  let sum: TruncatedSum

  /// Doubles its range until the window lies well inside it, or no pairs are left: half of the
  /// longest replica is the last lag with a fair number of pairs.
  init(_ replicas: [[Double]], summary: SeriesSummary, window: SummationWindow) {
    let longest = replicas.reduce(0) { max($0, $1.count) }
    let limit = max(longest / 2, 1)
    var lags = 4096
    while true {
      let rho = Self.normalised(replicas, summary: summary, lags: min(lags, limit + 1))
      let sum = window.locate(in: rho.values.span, count: summary.count)
      if 2 * sum.window < lags && sum.found || lags > limit {
        // Beyond twice the window there is only noise.
        let kept = min(rho.values.count, max(2 * sum.window + 1, 32))
        self.rho = Array(rho.values.prefix(kept))
        variance = rho.variance
        self.sum = sum
        return
      }
      lags *= 8
    }
  }

  private static func normalised(
    _ replicas: [[Double]], summary: SeriesSummary, lags: Int
  ) -> (values: [Double], variance: Double) {
    let products = lagProducts(
      replicas, mean: summary.mean, scale: summary.scale, lags: transformLags(lags))
    let gamma = (0..<lags).map { lag in
      let pairs = replicas.reduce(0) { $0 + max(0, $1.count - lag) }
      return products[lag] / Double(max(pairs, 1))
    }
    return (gamma.map { $0 / gamma[0] }, gamma[0])
  }

  /// The next power of two: FFTW is fastest there, and the segments still fit the cache.
  private static func transformLags(_ lags: Int) -> Int {
    var size = 1
    while size < lags { size *= 2 }
    return size
  }
}
