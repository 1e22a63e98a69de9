internal import COpenBLAS

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The minimum-norm solution of min |A x - b| by singular values (LAPACK dgelsd).
public struct LeastSquares: Sendable {
  /// The shortest x that minimises |A x - b|.
  public let solution: [Double]
  /// |A x - b|^2.
  public let squaredResidual: Double
  /// How many singular values exceed the cut.
  public let rank: Int
  /// Descending.
  public let singularValues: [Double]

  /// Largest over smallest singular value; infinite for a singular problem.
  public var conditionNumber: Double {
    guard let first = singularValues.first, let last = singularValues.last else { return 1 }
    return last > 0 ? first / last : .infinity
  }

  /// - Parameter cut: singular values below `cut` times the largest count as zero (nil: the
  ///   machine precision).
  public init(
    _ matrix: Matrix, _ right: [Double], cut: Double? = nil
  ) throws(LinearAlgebraError) {
    let (rows, columns) = (matrix.rows, matrix.columns)
    guard right.count == rows, rows > 0, columns > 0 else {
      throw .shape("\(right.count) values for a \(rows) x \(columns) least-squares problem")
    }
    guard matrix.elements.allSatisfy(\.isFinite), right.allSatisfy(\.isFinite) else {
      throw .shape("a least-squares problem with numbers that are not finite")
    }
    let small = min(rows, columns)
    var a = matrix.elements
    var b = right + [Double](repeating: 0, count: max(0, columns - rows))
    var values = [Double](repeating: 0, count: small)
    var (m, n, one) = (Int32(rows), Int32(columns), Int32(1))
    var (lda, ldb, rank, info) = (Int32(rows), Int32(b.count), Int32(0), Int32(0))
    var limit = cut ?? -1
    var integers = [Int32](repeating: 0, count: small * (3 * 32 + 11) + 64)
    var work = [0.0]
    var count = Int32(-1)
    unsafe dgelsd_(
      &m, &n, &one, &a, &lda, &b, &ldb, &values, &limit, &rank, &work, &count, &integers, &info)
    try check(info, "dgelsd", positive: .notConverged)
    count = Int32(work[0])
    work = [Double](repeating: 0, count: Int(count))
    unsafe dgelsd_(
      &m, &n, &one, &a, &lda, &b, &ldb, &values, &limit, &rank, &work, &count, &integers, &info)
    try check(info, "dgelsd", positive: .notConverged)
    solution = Array(b[..<columns])
    squaredResidual = matrix.squaredResidual(of: solution, right)
    self.rank = Int(rank)
    singularValues = values
  }
}

extension Matrix {
  /// |A x - b|^2.
  func squaredResidual(of x: [Double], _ b: [Double]) -> Double {
    var residual = b
    for j in 0..<columns {
      for i in 0..<rows { residual[i] -= self[i, j] * x[j] }
    }
    return residual.reduce(0) { $0 + $1 * $1 }
  }
}

func logarithm(_ x: Double) -> Double { log(x) }
