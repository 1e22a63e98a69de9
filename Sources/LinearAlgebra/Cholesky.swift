internal import COpenBLAS

/// Cholesky factorisation of a real symmetric positive definite matrix (LAPACK dpotrf).
public struct Cholesky: Sendable {
  /// Rows of the matrix.
  public let order: Int
  private var factor: [Double]

  /// Reads the lower triangle of `matrix`.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.rows == matrix.columns else {
      throw .shape("a \(matrix.rows) x \(matrix.columns) matrix has no Cholesky factor")
    }
    order = matrix.rows
    factor = matrix.elements
    var (triangle, n, lda, info) = (CChar(76), Int32(order), Int32(max(1, order)), Int32(0))  // L
    unsafe dpotrf_(&triangle, &n, &factor, &lda, &info)
    try check(info, "dpotrf", positive: .notPositiveDefinite)
  }

  /// x of A x = right.
  public func solve(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard right.count == order else {
      throw .shape("\(right.count) values on the right of a system of order \(order)")
    }
    var (triangle, n, columns) = (CChar(76), Int32(order), Int32(1))  // L
    var (lda, ldb, info) = (Int32(max(1, order)), Int32(max(1, order)), Int32(0))
    var solution = right
    unsafe dpotrs_(&triangle, &n, &columns, factor, &lda, &solution, &ldb, &info)
    try check(info, "dpotrs", positive: .singular)
    return solution
  }

  /// ln det A.
  public var logDeterminant: Double {
    (0..<order).reduce(0) { $0 + 2 * logarithm(factor[$1 + order * $1]) }
  }
}
