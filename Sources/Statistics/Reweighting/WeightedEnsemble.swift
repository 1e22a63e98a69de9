/// Samples of one parameter point with their weights at all of them.
public struct WeightedEnsemble: Sendable {
  /// logWeights[k][i]: ln W of sample i at the parameters of point k, up to a number for each sample
  /// and one for each point ((1/T - 1/T_k) E for a Boltzmann weight at T).
  public var logWeights: [[Double]]
  /// Integrated autocorrelation time of the series; 1/2 for independent samples.
  public var tau: Double

  /// Samples with ln W of each under every ensemble.
  public init(logWeights: [[Double]], tau: Double = 0.5) {
    self.logWeights = logWeights
    self.tau = tau
  }

  var count: Int { logWeights.first?.count ?? 0 }

  /// What is wrong with runs that are to be combined.
  static func validate(_ ensembles: [WeightedEnsemble]) throws(SeriesError) {
    guard !ensembles.isEmpty else { throw .empty }
    for (k, ensemble) in ensembles.enumerated() {
      guard ensemble.logWeights.count == ensembles.count else {
        throw .argument(
          "run \(k) has weights at \(ensemble.logWeights.count) points where there are "
            + "\(ensembles.count) runs")
      }
      guard ensemble.count >= 2, Set(ensemble.logWeights.map(\.count)).count == 1 else {
        throw .unequalLengths(ensemble.logWeights.map(\.count))
      }
      guard ensemble.tau > 0, ensemble.tau.isFinite else {
        throw .argument("run \(k) has the autocorrelation time \(ensemble.tau)")
      }
      for series in ensemble.logWeights {
        if let index = series.firstIndex(where: { !$0.isFinite }) {
          throw .notFinite(replica: k, index: index)
        }
      }
    }
  }
}
