public import LinearAlgebra

/// Combines runs at several temperatures (or other parameters) and predicts any point between
/// them: multi-histogram reweighting (Ferrenberg and Swendsen 1989) without bins (Shirts and
/// Chodera 2008).
///
///     Z_k = sum_n g_n W_k(x_n) / D(x_n),   D(x) = sum_j (N_j g_j / Z_j) W_j(x),   g = 1 / (2 tau)
public struct MultiHistogram: Sendable {
  /// The samples that it stands on.
  public let ensembles: [WeightedEnsemble]
  /// ln Z_k - ln Z_0.
  public let logNorms: [Double]
  /// Largest |sum over samples of point k's normalised weight - 1| at the solution.
  public let residual: Double
  /// Element (k, j): the chance that a sample of point k passes for one of point j. Rows add up to 1;
  /// points whose neighbours hardly pass for them are tied together by few samples.
  public let overlap: Matrix
  private let whole: SampleWeights
  /// The same with one block of every run left out, norms solved anew.
  private let reduced: [SampleWeights]

  /// - Parameter blocks: errors are those of a jackknife over so many blocks of every run, which should
  ///   be several autocorrelation times long.
  public init(_ ensembles: [WeightedEnsemble], blocks: Int = 20) throws(SeriesError) {
    try WeightedEnsemble.validate(ensembles)
    let fewest = ensembles.map(\.count).min() ?? 0
    guard blocks >= 2, fewest >= blocks else {
      throw .argument("the error needs 2 to \(fewest) blocks, not \(blocks)")
    }
    self.ensembles = ensembles
    let problem = NormEquations(ensembles, leavingOut: nil)
    let solution = problem.solve(from: [Double](repeating: 0, count: ensembles.count))
    guard solution.residual < 1e-6 else {
      throw .argument("the runs do not overlap: no common norm of their weights was found")
    }
    logNorms = solution.logNorms
    residual = solution.residual
    overlap = problem.overlap(solution.logNorms)
    whole = SampleWeights(problem, logNorms: solution.logNorms)
    reduced = (0..<blocks).map { block in
      let problem = NormEquations(ensembles, leavingOut: (block, blocks))
      return SampleWeights(problem, logNorms: problem.solve(from: solution.logNorms).logNorms)
    }
  }

  /// Mean of a quantity at a further point.
  ///
  /// - Parameters:
  ///   - values: per ensemble the quantity of each sample.
  ///   - logWeights: per ensemble ln W of each sample at the target.
  public func estimate(
    _ values: [[Double]], logWeights: [[Double]]
  ) throws(SeriesError) -> ReweightedMean {
    let curve = try curves(of: [values], at: 1, { _ in logWeights }) { [$1[0]] }[0]
    return ReweightedMean(
      mean: curve.values[0], error: curve.errors[0], effectiveSamples: curve.effectiveSamples[0])
  }

  /// Functions of means at several further points, a curve each.
  ///
  /// - Parameters:
  ///   - quantities: of each quantity per ensemble its value at each sample.
  ///   - targets: how many points.
  ///   - logWeights: of a point per ensemble ln W of each sample there.
  ///   - values: of the functions, from the point and the means of the quantities there.
  public func curves(
    of quantities: [[[Double]]], at targets: Int, _ logWeights: (Int) -> [[Double]],
    _ values: (Int, [Double]) -> [Double]
  ) throws(SeriesError) -> [ReweightedCurve] {
    let counts = ensembles.map(\.count)
    for quantity in quantities where quantity.map(\.count) != counts {
      throw .unequalLengths(counts + quantity.map(\.count))
    }
    var whole: [[Double]] = []
    var samples: [Double] = []
    var parts: [[[Double]]] = []
    for target in 0..<targets {
      let weights = logWeights(target)
      guard weights.map(\.count) == counts else {
        throw .unequalLengths(counts + weights.map(\.count))
      }
      let all = self.whole.means(quantities, weights)
      whole.append(values(target, all.means))
      samples.append(all.effectiveSamples)
      parts.append(reduced.map { values(target, $0.means(quantities, weights).means) })
    }
    return (whole.first ?? []).indices.map { place in
      ReweightedCurve(
        whole.map { $0[place] }, effectiveSamples: samples,
        leavingOut: parts.map { part in part.map { $0[place] } })
    }
  }
}

/// A mean at a point where nothing was sampled.
public struct ReweightedMean: Sendable, Equatable {
  /// Its estimate.
  public let mean: Double
  /// One standard deviation.
  public let error: Double
  /// (sum w)^2 / sum 2 tau w^2 over all samples (Kish): few of them mean that the target lies outside
  /// of the runs, and that the error cannot be trusted either.
  public let effectiveSamples: Double
}
