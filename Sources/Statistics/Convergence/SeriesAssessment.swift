/// A mean with an error that can be believed, and all that speaks against it.
///
/// What speaks against it is of two kinds. A fault is a fact: too short, or no window. A suspicion is a test with a probability, which a sound chain fails now and
/// then; `ConvergenceVerdict` weighs those of all numbers of a chain together.
public struct SeriesAssessment: Sendable {
  /// The Gamma method alone.
  public let analysis: AutocorrelationAnalysis
  /// Error of the mean: of the Gamma method, or of the bins where they contradict it.
  public let error: Double
  /// Integrated autocorrelation time.
  public let tau: Double
  /// One standard deviation.
  public let tauError: Double
  /// Rows over 2 tau.
  public var effectiveSamples: Double { Double(analysis.count) / (2 * tau) }
  /// nil where replicas have unequal or too small lengths.
  public let rHat: Double?
  /// What is wrong whatever the chances are.
  public let faults: [String]
  /// What is unlikely by chance, with how unlikely it is.
  public let suspicions: [Suspicion]

  /// Over all replicas.
  public var mean: Double { analysis.mean }

  /// Something that is unlikely in a chain that converged.
  public struct Suspicion: Sendable, Equatable {
    /// Of a sound chain to look at least as bad.
    public let probability: Double
    /// What it is, in words.
    public let reason: String
  }

  /// Below this many tau the error of the error is out of hand (docs/statistics.md, coverage).
  public static let fewestTaus = 50.0
  /// Above it replicas disagree.
  public static let largestRHat = 1.01
  /// Where bins are believed rather than tau.
  static let binLevel = 0.01

  /// - Parameter tail: the slowest time of the dynamics, where it is known.
  public init(
    replicas: [[Double]], window: SummationWindow = .automatic, tail: Double? = nil
  ) throws(SeriesError) {
    let analysis = try AutocorrelationAnalysis(replicas: replicas, window: window, tail: tail)
    self.analysis = analysis
    let bins = BinScatter(replicas, analysis)
    let binned = bins.longRunVariance / (2 * analysis.variance)
    let contradicts = bins.probability < Self.binLevel && binned > analysis.tau
    tau = contradicts ? binned : analysis.tau
    tauError =
      contradicts ? binned * (2 / Double(max(bins.count - 1, 1))).squareRoot() : analysis.tauError
    error = contradicts ? analysis.error * (binned / analysis.tau).squareRoot() : analysis.error
    faults = Self.faults(of: analysis, tau: tau + tauError)
    let rHat = Self.splitRHat(replicas, tail: tail)
    self.rHat = rHat?.value
    suspicions = [
      Self.drift(replicas, tail: tail),
      Self.stuck(replicas, tau: analysis.tau),
      Self.disagreement(replicas, analysis, window: window, tail: tail),
      rHat.flatMap { Self.excess($0, replicas: replicas.count) },
      Self.slowness(bins, analysis.tau),
    ].compactMap(\.self)
  }

  private static func faults(
    of analysis: AutocorrelationAnalysis, tau: Double
  ) -> [String] {
    var faults: [String] = []
    if !analysis.windowFound {
      faults.append("the correlation reaches beyond half of the longest chain")
    }
    // Few samples look anticorrelated by chance, and shall not pass for many.
    let tau = max(tau, 0.5)
    let taus = Double(analysis.replicaLengths.min() ?? 0) / tau
    if !(taus >= fewestTaus) {
      faults.append(
        "the chain is \(rounded(taus)) tau long where \(rounded(fewestTaus)) are needed, tau and its "
          + "error taken as \(rounded(tau))")
    }
    return faults
  }
}
