public import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Several quantities measured together, averaged over blocks long enough to be independent: the
/// common ground of jackknife, bootstrap and covariance.
public struct BlockedSeries: Sendable {
  /// Rows per block.
  public let blockLength: Int
  /// Block means: one array per quantity, all of one length.
  public let blocks: [[Double]]
  /// Mean of each quantity over all blocks.
  public let means: [Double]

  /// Of all replicas together.
  public var blockCount: Int { blocks.first?.count ?? 0 }

  /// - Parameter quantities: for each quantity its replicas, all with the same lengths. Blocks do
  ///   not cross replicas; samples left over at an end are dropped.
  public init(quantities: [[[Double]]], blockLength: Int) throws(SeriesError) {
    guard let first = quantities.first, !first.isEmpty else { throw .empty }
    guard blockLength >= 1 else {
      throw .argument("a block must hold at least 1 sample, not \(blockLength)")
    }
    let lengths = first.map(\.count)
    var blocks: [[Double]] = []
    for replicas in quantities {
      guard replicas.map(\.count) == lengths else {
        throw .unequalLengths(quantities.map { $0.reduce(0) { $0 + $1.count } })
      }
      blocks.append(try Self.blockMeans(replicas, blockLength))
    }
    guard blocks[0].count >= 2 else {
      throw .tooShort(replica: 0, length: lengths[0], needed: 2 * blockLength)
    }
    self.blockLength = blockLength
    self.blocks = blocks
    means = blocks.map { $0.reduce(0, +) / Double($0.count) }
  }

  private static func blockMeans(
    _ replicas: [[Double]], _ length: Int
  ) throws(SeriesError) -> [Double] {
    var means: [Double] = []
    for (replica, series) in replicas.enumerated() {
      if let index = series.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(replica: replica, index: index)
      }
      for block in 0..<(series.count / length) {
        let sum = series[(block * length)..<((block + 1) * length)].reduce(0, +)
        means.append(sum / Double(length))
      }
    }
    return means
  }

  /// Balances the correlation left between blocks (about tau / length) against the noise from few
  /// of them (about length / count): (2 tau)^(2/3) count^(1/3), and never fewer than 20 blocks.
  public static func suggestedLength(tau: Double, count: Int) -> Int {
    let length = cbrt(4 * tau * tau * Double(count)).rounded(.up)
    return max(1, min(Int(length), count / 20))
  }

  /// Covariance of the means, (1 / B (B - 1)) sum over blocks of the products of deviations.
  /// Positive semi-definite by construction.
  public var covariance: Matrix {
    let count = Double(blockCount)
    let deviations = zip(blocks, means).map { series, mean in series.map { $0 - mean } }
    var result = Matrix(rows: blocks.count, columns: blocks.count)
    for i in blocks.indices {
      for j in 0...i {
        var sum = 0.0
        for b in 0..<blockCount { sum += deviations[i][b] * deviations[j][b] }
        result[i, j] = sum / (count * (count - 1))
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  /// Correlation coefficients of the means; 0 with a quantity that never changes.
  public var correlation: Matrix {
    var result = covariance
    let sigma = blocks.indices.map { result[$0, $0].squareRoot() }
    for i in blocks.indices {
      for j in blocks.indices {
        let scale = sigma[i] * sigma[j]
        result[i, j] = i == j ? 1 : (scale > 0 ? result[i, j] / scale : 0)
      }
    }
    return result
  }
}
