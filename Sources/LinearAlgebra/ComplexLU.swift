internal import COpenBLAS

/// LU factorisation with partial pivoting of complex matrices of one order (LAPACK zgetrf), with
/// an owned workspace.
public final class ComplexLU {
  public let order: Int
  /// L and U of the last matrix, or its inverse after `invert`.
  public private(set) var elements: [Double]
  private var pivots: [Int32]
  private var work: [Double]

  public init(order: Int) {
    precondition(order > 0)
    self.order = order
    elements = [Double](repeating: 0, count: 2 * order * order)
    pivots = [Int32](repeating: 0, count: order)
    work = [Double](repeating: 0, count: 2 * 64 * order)
  }

  public func factorise(_ matrix: [Double]) throws(LinearAlgebraError) {
    precondition(matrix.count == elements.count)
    unsafe elements.withUnsafeMutableBufferPointer { unsafe _ = $0.update(fromContentsOf: matrix) }
    var (m, n, lda, info) = (Int32(order), Int32(order), Int32(order), Int32(0))
    unsafe zgetrf_(&m, &n, &elements, &lda, &pivots, &info)
    try check(info, "zgetrf", positive: .singular)
  }

  /// Product of the diagonal of U with the sign of the permutation, as modulus and phase.
  public var determinant: (logModulus: Double, phase: Complex) {
    var (logModulus, phase) = (0.0, Complex(1))
    for i in 0..<order {
      let at = 2 * (i + order * i)
      let pivot = Complex(elements[at], elements[at + 1])
      let modulus = pivot.squaredNorm.squareRoot()
      logModulus += logarithm(modulus)
      phase = phase * ((Int(pivots[i]) == i + 1 ? 1 : -1) / modulus * pivot)
    }
    return (logModulus, phase)
  }

  /// Replaces the factors by the inverse, in `elements`.
  public func invert() throws(LinearAlgebraError) {
    var (n, lda, info) = (Int32(order), Int32(order), Int32(0))
    var count = Int32(work.count / 2)
    unsafe zgetri_(&n, &elements, &lda, &pivots, &work, &count, &info)
    try check(info, "zgetri", positive: .singular)
  }

  /// Replaces the columns of `right` by the solutions of A x = right.
  public func solve(_ right: inout ComplexMatrix) throws(LinearAlgebraError) {
    guard right.rows == order else {
      throw .shape("\(right.rows) rows in a system of order \(order)")
    }
    var (trans, n, columns) = (CChar(78), Int32(order), Int32(right.columns))  // N
    var (lda, ldb, info) = (Int32(order), Int32(order), Int32(0))
    unsafe zgetrs_(
      &trans, &n, &columns, &elements, &lda, &pivots, &right.elements, &ldb, &info)
    try check(info, "zgetrs", positive: .singular)
  }
}
