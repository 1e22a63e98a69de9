public import LinearAlgebra

/// How the means of numbers of one chain vary together.
///
/// The correlation coefficients R_ij are those of block means, whose blocks are several slowest tau
/// long; the scale is that of the Gamma method's errors s_i, so that the diagonal is their square:
///
///     C_ij = s_i s_j R_ij,   R_ij = sum_b d_i(b) d_j(b) / sqrt(sum_b d_i(b)^2 sum_b d_j(b)^2)
///
/// Leaving out one block at a time (jackknife) gives the same R. The correlation that is left between
/// blocks changes R by about tau over their length.
public struct CovarianceOfMeans: Sendable, Equatable {
  /// C_ij; positive semi-definite, its diagonal the squares of the errors.
  public let values: Matrix
  /// R_ij; 0 with a number that never changes.
  public let correlation: Matrix
  /// How many there are.
  public let blocks: Int
  /// Rows per block.
  public let blockLength: Int

  /// How many independent numbers would be as correlated: n^2 / sum_ij R_ij^2, which is n for
  /// uncorrelated means and 1 where one number tells all. With few blocks it is at most their number,
  /// and no more directions than `blocks - 1` are determined at all.
  public var effectiveRank: Double {
    let squares = correlation.elements.reduce(0) { $0 + $1 * $1 }
    return Double(correlation.rows * correlation.rows) / squares
  }

  /// nil where there are too few samples for two blocks.
  ///
  /// - Parameters:
  ///   - entries: of each number its replicas.
  ///   - errors: of the means, autocorrelation included.
  ///   - slowest: the largest tau of them.
  init?(_ entries: [[[Double]]], errors: [Double], slowest: Double) {
    let count = entries[0].reduce(0) { $0 + $1.count }
    let length = BlockedSeries.suggestedLength(tau: slowest, count: count)
    guard let blocked = try? BlockedSeries(quantities: entries, blockLength: length) else {
      return nil
    }
    blocks = blocked.blockCount
    blockLength = length
    var (correlation, values) = (blocked.correlation, blocked.correlation)
    for i in errors.indices {
      for j in errors.indices {
        let scale = errors[i] * errors[j]
        values[i, j] *= scale
        if scale == 0, i != j { correlation[i, j] = 0 }
      }
    }
    self.correlation = correlation
    self.values = values
  }
}
