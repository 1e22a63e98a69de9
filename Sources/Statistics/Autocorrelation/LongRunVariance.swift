/// The variance of the mean of L samples times L, 2 tau Gamma(0), from each replica's scatter about
/// its own mean: what replicas and halves are compared by, for whether they agree must not enter.
struct LongRunVariance {
  let value: Double
  /// Degrees of freedom of a chi^2 that is as uncertain as `value`: 2 (tau / its error)^2.
  let degreesOfFreedom: Double

  /// nil where no replica moves, or one is too short.
  init?(
    within replicas: [[Double]], window: SummationWindow = .automatic, tail: Double? = nil
  ) {
    let centred = replicas.map { series in
      let mean = series.reduce(0, +) / Double(series.count)
      return series.map { $0 - mean }
    }
    guard
      let summary = try? SeriesSummary(
        centred, minimumLength: AutocorrelationAnalysis.minimumLength)
    else { return nil }
    let function = AutocorrelationFunction(centred, summary: summary, window: window)
    // Each mean is that of one replica, so each Gamma(t) is low by C / N_r.
    let estimate = function.estimate(
      samples: summary.count, perMean: summary.count / replicas.count, tail: tail)
    value = 2 * estimate.tau * estimate.variance * summary.scale * summary.scale
    degreesOfFreedom = AutocorrelationAnalysis.degreesOfFreedom(estimate.tau, estimate.tauError)
  }

  /// Probability of means of these numbers of samples at least as far apart if all are equal, and
  /// the place of the one that lies furthest off.
  func agreement(of means: [Double], counts: [Int]) -> Agreement {
    let count = Double(counts.reduce(0, +))
    let mean = zip(means, counts).reduce(0) { $0 + $1.0 * Double($1.1) } / count
    let squares = zip(means, counts).map { part, n in
      Double(n) * (part - mean) * (part - mean) / value
    }
    let worst = squares.indices.max { squares[$0] < squares[$1] } ?? 0
    let probability = fisherTail(
      squares.reduce(0, +) / Double(max(means.count - 1, 1)),
      degreesOfFreedom: max(means.count - 1, 1), denominator: degreesOfFreedom)
    // Against the mean of the others, in errors of that difference.
    let share = 1 - Double(counts[worst]) / count
    return Agreement(
      probability: probability, worst: worst,
      distance: (squares[worst] / max(share, .leastNormalMagnitude)).squareRoot())
  }

  struct Agreement {
    let probability: Double
    let worst: Int
    /// Of the worst from all others, in errors.
    let distance: Double
  }
}
