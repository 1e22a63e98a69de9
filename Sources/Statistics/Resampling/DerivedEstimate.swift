public import Randomness

/// A quantity computed from several means, with its error.
public struct DerivedEstimate: Sendable, Equatable {
  /// Corrected for the leading bias of a nonlinear function of noisy means.
  public let value: Double
  /// One standard deviation.
  public let error: Double
  /// What was subtracted from the plain value.
  public let bias: Double
}

extension BlockedSeries {
  /// f(means) with error and bias by leaving out one block at a time (Quenouille; Tukey):
  /// error^2 = (B - 1)/B sum (f_b - f_mean)^2, bias = (B - 1) (f_mean - f).
  public func jackknife(_ f: ([Double]) -> Double) -> DerivedEstimate {
    let count = Double(blockCount)
    let plain = f(means)
    var values: [Double] = []
    values.reserveCapacity(blockCount)
    for b in 0..<blockCount {
      let reduced = blocks.indices.map { (count * means[$0] - blocks[$0][b]) / (count - 1) }
      values.append(f(reduced))
    }
    let average = values.reduce(0, +) / count
    let square = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    let bias = (count - 1) * (average - plain)
    return DerivedEstimate(
      value: plain - bias, error: (square * (count - 1) / count).squareRoot(), bias: bias)
  }

  /// f(means) with error and bias by drawing as many blocks with replacement (Efron 1979).
  public func bootstrap(
    resamples: Int, using random: inout RandomStream, _ f: ([Double]) -> Double
  ) throws(SeriesError) -> DerivedEstimate {
    guard resamples >= 2 else {
      throw .argument("a bootstrap needs at least 2 resamples, not \(resamples)")
    }
    let plain = f(means)
    var values: [Double] = []
    values.reserveCapacity(resamples)
    for _ in 0..<resamples {
      var sums = [Double](repeating: 0, count: blocks.count)
      for _ in 0..<blockCount {
        let b = random.index(below: blockCount)
        for q in blocks.indices { sums[q] += blocks[q][b] }
      }
      values.append(f(sums.map { $0 / Double(blockCount) }))
    }
    let average = values.reduce(0, +) / Double(resamples)
    let square = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    // Resampled blocks scatter with the variance (B - 1) / B of the true one.
    let scale = Double(blockCount) / Double(blockCount - 1)
    return DerivedEstimate(
      value: plain - (average - plain),
      error: (scale * square / Double(resamples - 1)).squareRoot(), bias: average - plain)
  }
}
