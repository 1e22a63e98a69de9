/// Do replicas sample one distribution? Split R-hat and effective sample sizes on rank-normalised
/// values (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021, arXiv:1903.08008).
public struct ReplicaDiagnostics: Sendable, Equatable {
  /// The larger of R-hat for the location (bulk) and for the scale (folded).
  public let rHat: Double
  /// Effective samples for the centre of the distribution.
  public let bulkEffectiveSamples: Double
  /// The smaller of those for the 5 % and 95 % quantiles.
  public let tailEffectiveSamples: Double

  /// Fewest samples of a replica.
  public static let minimumLength = 16

  /// All replicas must have one length; a single one is compared with itself, half against half.
  public init(replicas: [[Double]]) throws(SeriesError) {
    _ = try SeriesSummary(replicas, minimumLength: Self.minimumLength)
    guard Set(replicas.map(\.count)).count == 1 else {
      throw .unequalLengths(replicas.map(\.count))
    }
    let chains = halves(replicas)
    let sorted = chains.joined().sorted()
    let median = quantile(0.5, ofSorted: sorted)
    let scores = rankNormalised(chains)
    let folded = rankNormalised(chains.map { $0.map { abs($0 - median) } })
    rHat = max(potentialScaleReduction(scores), potentialScaleReduction(folded))
    bulkEffectiveSamples = geyerEffectiveSamples(scores)
    tailEffectiveSamples = [0.05, 0.95].reduce(.infinity) { least, p in
      let limit = quantile(p, ofSorted: sorted)
      return min(least, geyerEffectiveSamples(chains.map { $0.map { $0 <= limit ? 1 : 0 } }))
    }
  }
}

func variance(_ values: [Double], about mean: Double) -> Double {
  values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
}
