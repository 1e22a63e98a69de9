#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Mean, error and integrated autocorrelation time of a chain by the Gamma method (Wolff 2004,
/// hep-lat/0306017; Madras and Sokal 1988), replicas combined.
///
///     tau = 1/2 + sum_{t=1}^{W} rho(t),   error^2 = 2 tau Gamma(0) / n
///
/// tau is in samples. A chain of independent samples has tau = 1/2.
public struct AutocorrelationAnalysis: Sendable {
  /// Samples of all replicas.
  public let count: Int
  /// Mean over all samples: a longer replica weighs more.
  public let mean: Double
  /// Standard error of the mean.
  public let error: Double
  /// Standard error of `error`.
  public let errorOfError: Double
  /// Integrated autocorrelation time.
  public let tau: Double
  /// One standard deviation.
  public let tauError: Double
  /// count / (2 tau).
  public let effectiveSamples: Double
  /// The lag W where the sum stops.
  public let window: Int
  /// False when the correlation reaches so far that no window fits half of the longest replica;
  /// tau and the error are lower bounds then.
  public let windowFound: Bool
  /// Gamma(0), the variance of one sample.
  public let variance: Double
  /// rho(0) = 1, rho(1), …, to at least twice the window where the series is long enough.
  public let rho: [Double]
  /// Rows of each replica.
  public let replicaLengths: [Int]
  /// Mean of each replica.
  public let replicaMeans: [Double]
  /// Probability of replica means at least as different as these if all replicas sample one
  /// distribution (chi^2 with replicas - 1 degrees of freedom); 1 for a single replica.
  public let replicaConsistency: Double

  /// Fewest samples of a replica.
  public static let minimumLength = 8

  /// - Parameters:
  ///   - replicas: they may differ in length.
  ///   - tail: the slowest time of the dynamics, where it is known: rho decays with it from the lag
  ///     on where it is lost in noise (Schaefer, Sommer and Virotta 2010).
  public init(
    replicas: [[Double]], window: SummationWindow = .automatic, tail: Double? = nil
  ) throws(SeriesError) {
    if case .automatic(let stretch) = window, !(stretch > 0 && stretch.isFinite) {
      throw .argument("the stretch of the automatic window must be positive, not \(stretch)")
    }
    if case .fixed(let lag) = window, lag < 0 {
      throw .argument("a window must not be negative, as \(lag) is")
    }
    if let tail, !(tail > 0 && tail.isFinite) {
      throw .argument("the time of a tail must be positive, not \(tail)")
    }
    let summary = try SeriesSummary(replicas, minimumLength: Self.minimumLength)
    let function = AutocorrelationFunction(replicas, summary: summary, window: window)
    let estimate = function.estimate(samples: summary.count, perMean: summary.count, tail: tail)
    let n = Double(summary.count)
    count = summary.count
    mean = summary.mean
    tau = estimate.tau
    tauError = estimate.tauError
    variance = estimate.variance * summary.scale * summary.scale
    error = summary.scale * (2 * tau * estimate.variance / n).squareRoot()
    errorOfError =
      tail == nil
      ? error * ((Double(estimate.window) + 0.5) / n).squareRoot() : error * tauError / (2 * tau)
    effectiveSamples = n / (2 * tau)
    self.window = estimate.window
    windowFound = function.sum.found
    rho = estimate.rho
    replicaLengths = replicas.map(\.count)
    replicaMeans = replicas.map { Self.mean(of: $0, summary) }
    replicaConsistency = Self.consistency(
      replicaMeans, lengths: replicaLengths, mean: mean, error: error)
  }

  /// Degrees of freedom of a chi^2 that is as uncertain as tau.
  static func degreesOfFreedom(_ tau: Double, _ tauError: Double) -> Double {
    let ratio = tau / tauError
    return ratio.isFinite ? max(2 * ratio * ratio, 1) : 1
  }

  private static func mean(of series: [Double], _ summary: SeriesSummary) -> Double {
    let sum = scaledSum(of: series.span, origin: summary.mean, scale: 1 / summary.scale)
    return summary.mean + summary.scale * sum / Double(series.count)
  }

  /// A replica of n_r samples has the variance error^2 n / n_r.
  private static func consistency(
    _ means: [Double], lengths: [Int], mean: Double, error: Double
  ) -> Double {
    guard means.count > 1 else { return 1 }
    let n = Double(lengths.reduce(0, +))
    let chiSquared = zip(means, lengths).reduce(0.0) { sum, replica in
      let shift = (replica.0 - mean) / error
      return sum + Double(replica.1) / n * shift * shift
    }
    return chiSquaredTail(chiSquared, degreesOfFreedom: means.count - 1)
  }
}
