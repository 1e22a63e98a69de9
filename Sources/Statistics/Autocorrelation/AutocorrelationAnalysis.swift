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
  public let replicaLengths: [Int]
  /// Mean of each replica.
  public let replicaMeans: [Double]
  /// Probability of replica means at least as different as these if all replicas sample one
  /// distribution (chi^2 with replicas - 1 degrees of freedom); 1 for a single replica.
  public let replicaConsistency: Double

  /// Fewest samples of a replica.
  public static let minimumLength = 8

  /// Replicas may differ in length.
  public init(
    replicas: [[Double]], window: SummationWindow = .automatic
  ) throws(SeriesError) {
    if case .automatic(let stretch) = window, !(stretch > 0 && stretch.isFinite) {
      throw .argument("the stretch of the automatic window must be positive, not \(stretch)")
    }
    if case .fixed(let lag) = window, lag < 0 {
      throw .argument("a window must not be negative, as \(lag) is")
    }
    let summary = try SeriesSummary(replicas, minimumLength: Self.minimumLength)
    let function = AutocorrelationFunction(replicas, summary: summary, window: window)
    let corrected = Self.biasCorrected(function, count: summary.count)
    let n = Double(summary.count)
    let lag = Double(function.sum.window)
    count = summary.count
    mean = summary.mean
    tau = corrected.tau
    variance = corrected.variance * summary.scale * summary.scale
    error = summary.scale * (2 * tau * corrected.variance / n).squareRoot()
    errorOfError = error * ((lag + 0.5) / n).squareRoot()
    // Madras and Sokal's variance of the truncated sum, Wolff's equation (42).
    tauError = 2 * tau * (max(lag + 0.5 - tau, 0.5) / n).squareRoot()
    effectiveSamples = n / (2 * tau)
    self.window = function.sum.window
    windowFound = function.sum.found
    rho = corrected.rho
    replicaLengths = replicas.map(\.count)
    replicaMeans = replicas.map { Self.mean(of: $0, summary) }
    replicaConsistency = Self.consistency(
      replicaMeans, lengths: replicaLengths, mean: mean, error: error)
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

  /// Subtracting the mean of the same series lowers every Gamma(t) by C / n, C = 2 tau Gamma(0)
  /// (Wolff's equation (49)); this puts it back.
  private static func biasCorrected(
    _ function: AutocorrelationFunction, count: Int
  ) -> (rho: [Double], tau: Double, variance: Double) {
    // Noise can take the sum of an anticorrelated chain to zero or below; an error of zero would
    // be a lie, so such a chain counts as independent samples.
    let naive = function.sum.tau > 0 ? function.sum.tau : 0.5
    let lift = 2 * naive / Double(count)
    let rho = function.rho.map { ($0 + lift) / (1 + lift) }
    let window = function.sum.window
    let sum = rho[1...max(window, 1)].reduce(0.5, +)
    let tau = function.sum.tau > 0 ? (window > 0 ? sum : 0.5) : naive
    return (rho, tau, function.variance * (1 + lift))
  }
}
