#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Samples of one parameter point with their weights at all of them.
public struct WeightedEnsemble: Sendable {
  /// logWeights[k][i]: ln W of sample i at the parameters of point k, up to a constant per point
  /// (-E / T_k for a Boltzmann weight).
  public var logWeights: [[Double]]
  /// Integrated autocorrelation time of the series; 1/2 for independent samples.
  public var tau: Double

  public init(logWeights: [[Double]], tau: Double = 0.5) {
    self.logWeights = logWeights
    self.tau = tau
  }

  var count: Int { logWeights.first?.count ?? 0 }
}

/// Combines runs at several temperatures (or other parameters) and predicts any point between
/// them: multi-histogram reweighting (Ferrenberg and Swendsen 1989) without bins (Shirts and
/// Chodera 2008).
///
///     Z_k = sum_n g_n W_k(x_n) / D(x_n),   D(x) = sum_j (N_j g_j / Z_j) W_j(x),   g = 1 / (2 tau)
public struct MultiHistogram: Sendable {
  public let ensembles: [WeightedEnsemble]
  /// ln Z_k - ln Z_0.
  public let logNorms: [Double]
  /// Largest |sum over samples of point k's normalised weight - 1| at the solution.
  public let residual: Double

  public init(_ ensembles: [WeightedEnsemble]) throws(SeriesError) {
    try Self.validate(ensembles)
    self.ensembles = ensembles
    let problem = NormEquations(ensembles, leavingOut: nil)
    let solution = problem.solve(from: [Double](repeating: 0, count: ensembles.count))
    guard solution.residual < 1e-6 else {
      throw .argument("the runs do not overlap: no common norm of their weights was found")
    }
    logNorms = solution.logNorms
    residual = solution.residual
  }

  /// Mean of a quantity at a further point.
  ///
  /// - Parameters:
  ///   - values: per ensemble the quantity of each sample.
  ///   - logWeights: per ensemble ln W of each sample at the target.
  ///   - blocks: the error is a jackknife over so many blocks of every run, norms solved anew.
  public func estimate(
    _ values: [[Double]], logWeights: [[Double]], blocks: Int = 20
  ) throws(SeriesError) -> ReweightedMean {
    let counts = ensembles.map(\.count)
    guard values.map(\.count) == counts, logWeights.map(\.count) == counts else {
      throw .unequalLengths(counts + values.map(\.count) + logWeights.map(\.count))
    }
    guard blocks >= 2, counts.allSatisfy({ $0 >= blocks }) else {
      throw .argument("the error needs 2 to \(counts.min() ?? 0) blocks, not \(blocks)")
    }
    let whole = NormEquations(ensembles, leavingOut: nil)
      .mean(values, logWeights, logNorms: logNorms)
    var means: [Double] = []
    for block in 0..<blocks {
      let problem = NormEquations(ensembles, leavingOut: (block, blocks))
      let norms = problem.solve(from: logNorms).logNorms
      means.append(problem.mean(values, logWeights, logNorms: norms).mean)
    }
    let average = means.reduce(0, +) / Double(blocks)
    let square = means.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    return ReweightedMean(
      mean: whole.mean, error: (square * Double(blocks - 1) / Double(blocks)).squareRoot(),
      effectiveSamples: whole.effectiveSamples)
  }

  private static func validate(_ ensembles: [WeightedEnsemble]) throws(SeriesError) {
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

/// A mean at a point where nothing was sampled.
public struct ReweightedMean: Sendable, Equatable {
  public let mean: Double
  public let error: Double
  /// (sum w)^2 / sum w^2 over all samples (Kish): few of them mean that the target lies outside of
  /// the runs, and that the error cannot be trusted either.
  public let effectiveSamples: Double
}
