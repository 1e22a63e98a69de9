/// Numbers that were recorded together at every step, such as a correlator at every distance: mean,
/// error and tau of each by the Gamma method, a verdict on each, and the covariance of the means.
public struct ArrayAssessment: Sendable {
  /// One entry of the array.
  public struct Component: Sendable, Equatable {
    /// Over all replicas.
    public let mean: Double
    /// One standard deviation of the mean.
    public let error: Double
    /// nil where the entry never changes: it has no autocorrelation to speak of.
    public let tau: Double?
    /// One standard deviation; nil without a tau.
    public let tauError: Double?
    /// Rows over 2 tau; nil without a tau.
    public let effectiveSamples: Double?
    /// Why the entry is not to be believed; empty where it is.
    public let reasons: [String]
  }

  /// One for each entry.
  public let components: [Component]
  /// nil where nothing fluctuates, the chain is too short for blocks, or the array has more entries
  /// than `largestCovariance`.
  public let covariance: CovarianceOfMeans?

  /// Entries up to which the covariance is made; its square is what has to be stored.
  public static let largestCovariance = 1024

  /// Whether nothing speaks against any entry.
  public var isConverged: Bool { components.allSatisfy(\.reasons.isEmpty) }

  /// - Parameter entries: of each entry its replicas, all of the same lengths.
  public init(
    _ entries: [[[Double]]], window: SummationWindow = .automatic, tail: Double? = nil
  ) throws(SeriesError) {
    var kinds: [Kind] = []
    for replicas in entries { kinds.append(try Kind(replicas, window, tail)) }
    // The tests of all entries are adjusted together, so that of many entries none fails by chance.
    var verdicts = ConvergenceVerdict.together(kinds.compactMap(\.assessment))[...]
    let components = kinds.map { kind in
      Component(kind, kind.assessment.flatMap { _ in verdicts.popFirst() })
    }
    let slowest = components.compactMap(\.tau).max()
    self.components = components
    covariance =
      entries.count > Self.largestCovariance
      ? nil
      : slowest.flatMap {
        CovarianceOfMeans(entries, errors: components.map(\.error), slowest: $0)
      }
  }

  /// An entry that fluctuates, or one that stands still in every replica.
  fileprivate enum Kind {
    case moving(SeriesAssessment)
    case still([Double])

    init(
      _ replicas: [[Double]], _ window: SummationWindow, _ tail: Double?
    ) throws(SeriesError) {
      let long = replicas.allSatisfy { $0.count >= AutocorrelationAnalysis.minimumLength }
      if long, let values = standstill(of: replicas) {
        self = .still(values)
      } else {
        self = .moving(try SeriesAssessment(replicas: replicas, window: window, tail: tail))
      }
    }

    var assessment: SeriesAssessment? { if case .moving(let series) = self { series } else { nil } }
  }
}

extension ArrayAssessment.Component {
  fileprivate init(_ kind: ArrayAssessment.Kind, _ verdict: ConvergenceVerdict?) {
    switch kind {
    case .moving(let series):
      self.init(
        mean: series.mean, error: series.error, tau: series.tau, tauError: series.tauError,
        effectiveSamples: series.effectiveSamples, reasons: verdict?.reasons ?? [])
    case .still(let values):
      let mean = values.reduce(0, +) / Double(values.count)
      self.init(
        mean: mean, error: 0, tau: nil, tauError: nil, effectiveSamples: nil,
        reasons: values.allSatisfy { abs($0 - mean) <= standstillSpread * abs(mean) }
          ? [] : ["every replica is stuck at a value of its own"])
    }
  }
}
