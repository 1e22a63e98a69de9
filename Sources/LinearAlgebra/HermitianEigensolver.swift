internal import COpenBLAS

/// Eigenvalues and eigenvectors of complex Hermitian matrices of one order (LAPACK zheevd), with
/// an owned workspace: nothing is allocated after `init`. Not to be shared between threads.
public final class HermitianEigensolver {
  /// Rows of the matrices.
  public let order: Int
  /// Eigenvalues of the last matrix, in ascending order.
  public private(set) var values: [Double]
  /// Eigenvectors of the last matrix solved with vectors: interleaved, one column each.
  public private(set) var vectors: [Double]
  private var work: [Double]
  private var realWork: [Double]
  private var integerWork: [Int32]

  /// Workspace for matrices of that order.
  public init(order: Int) {
    precondition(order > 0)
    self.order = order
    values = [Double](repeating: 0, count: order)
    vectors = [Double](repeating: 0, count: 2 * order * order)
    // Sizes for vectors, with room for the blocked tridiagonalisation (see LAPACK's zheevd).
    work = [Double](repeating: 0, count: 2 * (2 * order + max(order * order, 64 * order)))
    realWork = [Double](repeating: 0, count: 1 + 5 * order + 2 * order * order)
    integerWork = [Int32](repeating: 0, count: 3 + 5 * order)
  }

  /// Solves for the eigenvalues alone. `matrix` is interleaved; its lower triangle is read.
  public func solveValues(_ matrix: [Double]) throws(LinearAlgebraError) {
    try solve(matrix, job: 78)  // N
  }

  /// Solves for eigenvalues and eigenvectors.
  public func solve(_ matrix: [Double]) throws(LinearAlgebraError) {
    try solve(matrix, job: 86)  // V
  }

  private func solve(_ matrix: [Double], job: CChar) throws(LinearAlgebraError) {
    precondition(matrix.count == vectors.count)
    unsafe vectors.withUnsafeMutableBufferPointer { unsafe _ = $0.update(fromContentsOf: matrix) }
    var (job, triangle) = (job, CChar(76))  // L
    var (n, lda, info) = (Int32(order), Int32(order), Int32(0))
    var complexCount = Int32(work.count / 2)
    var realCount = Int32(realWork.count)
    var integerCount = Int32(integerWork.count)
    unsafe zheevd_(
      &job, &triangle, &n, &vectors, &lda, &values, &work, &complexCount, &realWork, &realCount,
      &integerWork, &integerCount, &info)
    try check(info, "zheevd", positive: .notConverged)
    try checkFinite(values, "zheevd")
  }
}
