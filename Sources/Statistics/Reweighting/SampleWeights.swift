#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// g_n / D(x_n) of every sample of a solved problem, ready for any target.
struct SampleWeights {
  /// Samples kept of each run, and ln(g / D) of each of them.
  private let kept: [[Range<Int>]]
  private let logs: [[Double]]
  /// 2 tau of each run.
  private let correlation: [Double]

  init(_ problem: NormEquations, logNorms: [Double]) {
    kept = problem.kept
    correlation = problem.ensembles.map { 2 * $0.tau }
    logs = problem.ensembles.indices.map { run in
      let g = -log(2 * problem.ensembles[run].tau)
      return problem.kept[run].joined().map { g - problem.logDenominator(run, $0, logNorms) }
    }
  }

  /// Means of quantities where the samples have these ln W, and how many independent samples count.
  func means(
    _ quantities: [[[Double]]], _ logWeights: [[Double]]
  ) -> (means: [Double], effectiveSamples: Double) {
    let weights = weights(logWeights)
    var (sum, squares) = (0.0, 0.0)
    for (run, part) in weights.enumerated() {
      for weight in part {
        sum += weight
        squares += correlation[run] * weight * weight
      }
    }
    let means = quantities.map { values in
      var total = 0.0
      for (run, part) in weights.enumerated() {
        for (weight, i) in zip(part, kept[run].joined()) { total += weight * values[run][i] }
      }
      return total / sum
    }
    return (means, sum * sum / squares)
  }

  /// Up to a common factor.
  private func weights(_ logWeights: [[Double]]) -> [[Double]] {
    var weights = logs
    var largest = -Double.infinity
    for run in weights.indices {
      for (place, i) in kept[run].joined().enumerated() {
        weights[run][place] += logWeights[run][i]
        largest = max(largest, weights[run][place])
      }
    }
    for run in weights.indices {
      for place in weights[run].indices { weights[run][place] = exp(weights[run][place] - largest) }
    }
    return weights
  }
}
