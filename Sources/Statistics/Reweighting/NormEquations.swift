internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The self-consistency equations of the norms, over all samples or all but one block of each run.
struct NormEquations {
  let ensembles: [WeightedEnsemble]
  /// Samples kept of each run.
  let kept: [[Range<Int>]]
  /// ln(N_k / 2 tau_k).
  private let logCounts: [Double]

  init(_ ensembles: [WeightedEnsemble], leavingOut block: (index: Int, of: Int)?) {
    self.ensembles = ensembles
    kept = ensembles.map { ensemble in
      guard let block else { return [0..<ensemble.count] }
      let start = ensemble.count * block.index / block.of
      let end = ensemble.count * (block.index + 1) / block.of
      return [0..<start, end..<ensemble.count]
    }
    logCounts = zip(ensembles, kept).map { ensemble, ranges in
      log(Double(ranges.reduce(0) { $0 + $1.count }) / (2 * ensemble.tau))
    }
  }

  /// ln D of a sample.
  func logDenominator(_ run: Int, _ i: Int, _ logNorms: [Double]) -> Double {
    var largest = -Double.infinity
    for k in ensembles.indices {
      largest = max(largest, logCounts[k] - logNorms[k] + ensembles[run].logWeights[k][i])
    }
    var sum = 0.0
    for k in ensembles.indices {
      sum += exp(logCounts[k] - logNorms[k] + ensembles[run].logWeights[k][i] - largest)
    }
    return largest + log(sum)
  }

  /// Newton's method on S_k = sum_n g_n N_k W_k / (Z_k D) = N_k, damped by fixed-point
  /// steps, which always make progress.
  func solve(from start: [Double]) -> (logNorms: [Double], residual: Double) {
    var norms = start
    var best = evaluate(norms)
    for _ in 0..<200 {
      if best.residual < 1e-12 { break }
      var next = zip(norms, best.sums).map { $0 + log($1) }
      if let newton = newtonStep(best) {
        let candidate = zip(norms, newton).map { $0 + $1 }
        if evaluate(candidate).residual < evaluate(next).residual { next = candidate }
      }
      norms = next.map { $0 - next[0] }
      best = evaluate(norms)
    }
    return (norms, best.residual)
  }

  private struct Evaluation {
    /// S_k / N_k: 1 at the solution.
    var sums: [Double]
    /// sum_n g_n p_j p_k / N_k with p_k = N_k W_k / (Z_k D).
    var products: Matrix
    var residual: Double { sums.reduce(0) { max($0, abs($1 - 1)) } }
  }

  private func evaluate(_ norms: [Double]) -> Evaluation {
    let count = ensembles.count
    var sums = [Double](repeating: 0, count: count)
    var products = Matrix(rows: count, columns: count)
    var shares = sums
    for run in ensembles.indices {
      let g = 1 / (2 * ensembles[run].tau)
      for i in kept[run].joined() {
        let denominator = logDenominator(run, i, norms)
        for k in 0..<count {
          shares[k] = exp(logCounts[k] - norms[k] + ensembles[run].logWeights[k][i] - denominator)
          sums[k] += g * shares[k]
        }
        for j in 0..<count { for k in 0..<count { products[j, k] += g * shares[j] * shares[k] } }
      }
    }
    for k in 0..<count {
      sums[k] /= exp(logCounts[k])
      for j in 0..<count { products[k, j] /= exp(logCounts[k]) }
    }
    return Evaluation(sums: sums, products: products)
  }

  /// d(S_k/N_k)/d ln Z_j = products[k, j] - delta_kj S_k/N_k; ln Z_0 stays.
  private func newtonStep(_ evaluation: Evaluation) -> [Double]? {
    let count = ensembles.count - 1
    guard count > 0 else { return nil }
    var jacobian = Matrix(rows: count, columns: count)
    for k in 0..<count {
      for j in 0..<count {
        jacobian[k, j] = evaluation.products[k + 1, j + 1] - (k == j ? evaluation.sums[k + 1] : 0)
      }
    }
    let right = (0..<count).map { 1 - evaluation.sums[$0 + 1] }
    guard let step = try? LeastSquares(jacobian, right) else { return nil }
    return [0] + step.solution
  }

  /// Element (k, j): the mean share of point j in a sample of point k.
  func overlap(_ norms: [Double]) -> Matrix { evaluate(norms).products }
}
