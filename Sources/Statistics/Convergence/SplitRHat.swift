/// Split R-hat on rank-normalised values (Vehtari et al. 2021), and how probable a larger one is if
/// all halves sample one distribution.
///
/// R-hat^2 = (h - 1)/h + V / W with V the variance of the means of K halves of h samples and W that
/// within them. For equal halves (K - 1) V h / C is chi^2 with K - 1 degrees of freedom, C the
/// long-run variance of the scores: R-hat of sound chains is large where they are short.
struct SplitRHat {
  /// The larger of those for the location and for the scale (folded values).
  let value: Double
  let probability: Double
  /// Which replica has the half that lies furthest off.
  let replica: Int

  init(replicas: [[Double]], tail: Double? = nil) {
    let chains = halves(replicas)
    let median = quantile(0.5, ofSorted: chains.joined().sorted())
    let kinds = [
      rankNormalised(chains), rankNormalised(chains.map { $0.map { abs($0 - median) } }),
    ]
    let ratios = kinds.map(potentialScaleReduction)
    let agreements = kinds.map { Self.agreement(of: $0, tail: tail) }
    let worse = agreements[0].probability <= agreements[1].probability ? 0 : 1
    value = max(ratios[0], ratios[1])
    probability = min(1, 2 * agreements[worse].probability)
    replica = agreements[worse].worst / 2
  }

  private static func agreement(
    of scores: [[Double]], tail: Double?
  ) -> (probability: Double, worst: Int) {
    let means = scores.map { $0.reduce(0, +) / Double($0.count) }
    guard let within = LongRunVariance(within: scores, tail: tail) else {
      return (means.allSatisfy { $0 == means[0] } ? 1 : 0, 0)
    }
    let agreement = within.agreement(of: means, counts: scores.map(\.count))
    return (agreement.probability, agreement.worst)
  }
}

/// sqrt(((n - 1)/n W + B/n) / W): W the mean variance within chains, B/n the variance of their
/// means. Infinite if no chain moves while the chains differ.
func potentialScaleReduction(_ chains: [[Double]]) -> Double {
  let n = Double(chains[0].count)
  let means = chains.map { $0.reduce(0, +) / n }
  let within =
    zip(chains, means).reduce(0) { sum, pair in sum + variance(pair.0, about: pair.1) }
    / Double(chains.count)
  let between = variance(means, about: means.reduce(0, +) / Double(means.count))
  guard within > 0 else { return between > 0 ? .infinity : 1 }
  return ((n - 1) / n + between / within).squareRoot()
}
