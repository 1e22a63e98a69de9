internal import COpenBLAS

/// How a factor enters a product.
public enum Operation: Sendable {
  case plain
  case transposed
  /// Hermitian conjugate (for real matrices: the transpose).
  case adjoint

  fileprivate var code: CChar {
    switch self {
    case .plain: 78  // N
    case .transposed: 84  // T
    case .adjoint: 67  // C
    }
  }
}

/// result = scale * first(a) * second(b) + keep * result.
public func multiply(
  _ a: Matrix, _ b: Matrix, first opA: Operation = .plain, second opB: Operation = .plain,
  scale: Double = 1, keep: Double = 0, into result: inout Matrix
) {
  let shape = productShape((a.rows, a.columns, opA), (b.rows, b.columns, opB))
  precondition(result.rows == shape.rows && result.columns == shape.columns)
  unsafe a.elements.withUnsafeBufferPointer { a0 in
    unsafe b.elements.withUnsafeBufferPointer { b0 in
      unsafe result.elements.withUnsafeMutableBufferPointer { c0 in
        guard let a1 = a0.baseAddress, let b1 = b0.baseAddress, let c1 = c0.baseAddress else {
          return
        }
        unsafe realProduct(
          opA, opB, shape.rows, shape.columns, shape.inner, scale, a1, a.rows, b1, b.rows, keep,
          c1, result.rows)
      }
    }
  }
}

/// result = scale * first(a) * second(b) + keep * result.
public func multiply(
  _ a: ComplexMatrix, _ b: ComplexMatrix, first opA: Operation = .plain,
  second opB: Operation = .plain,
  scale: Complex = Complex(1), keep: Complex = Complex(0), into result: inout ComplexMatrix
) {
  let shape = productShape((a.rows, a.columns, opA), (b.rows, b.columns, opB))
  precondition(result.rows == shape.rows && result.columns == shape.columns)
  unsafe a.elements.withUnsafeBufferPointer { a0 in
    unsafe b.elements.withUnsafeBufferPointer { b0 in
      unsafe result.elements.withUnsafeMutableBufferPointer { c0 in
        guard let a1 = a0.baseAddress, let b1 = b0.baseAddress, let c1 = c0.baseAddress else {
          return
        }
        unsafe complexProduct(
          opA, opB, shape.rows, shape.columns, shape.inner, scale, a1, a.rows, b1, b.rows, keep,
          c1, result.rows)
      }
    }
  }
}

private func productShape(
  _ a: (rows: Int, columns: Int, op: Operation), _ b: (rows: Int, columns: Int, op: Operation)
) -> (rows: Int, columns: Int, inner: Int) {
  let left = a.op == .plain ? (a.rows, a.columns) : (a.columns, a.rows)
  let right = b.op == .plain ? (b.rows, b.columns) : (b.columns, b.rows)
  precondition(left.1 == right.0, "inner extents \(left.1) and \(right.0) differ")
  return (left.0, right.1, left.1)
}

/// dgemm on raw columns, for kernels that work inside larger buffers.
package func realProduct(
  _ opA: Operation, _ opB: Operation, _ rows: Int, _ columns: Int, _ inner: Int, _ scale: Double,
  _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int, _ keep: Double,
  _ c: UnsafeMutablePointer<Double>, _ ldc: Int
) {
  var (ta, tb) = (opA.code, opB.code)
  var (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
  var (la, lb, lc) = (Int32(max(1, lda)), Int32(max(1, ldb)), Int32(max(1, ldc)))
  var (alpha, beta) = (scale, keep)
  unsafe dgemm_(&ta, &tb, &m, &n, &k, &alpha, a, &la, b, &lb, &beta, c, &lc)
}

/// zgemm on raw interleaved columns; leading dimensions count complex elements.
package func complexProduct(
  _ opA: Operation, _ opB: Operation, _ rows: Int, _ columns: Int, _ inner: Int, _ scale: Complex,
  _ a: UnsafePointer<Double>, _ lda: Int, _ b: UnsafePointer<Double>, _ ldb: Int,
  _ keep: Complex, _ c: UnsafeMutablePointer<Double>, _ ldc: Int
) {
  var (ta, tb) = (opA.code, opB.code)
  var (m, n, k) = (Int32(rows), Int32(columns), Int32(inner))
  var (la, lb, lc) = (Int32(max(1, lda)), Int32(max(1, ldb)), Int32(max(1, ldc)))
  unsafe withDoubles(of: scale) { alpha in
    unsafe withDoubles(of: keep) { beta in
      unsafe zgemm_(&ta, &tb, &m, &n, &k, alpha, a, &la, b, &lb, beta, c, &lc)
    }
  }
}

private func withDoubles(of value: Complex, _ body: (UnsafePointer<Double>) -> Void) {
  unsafe withUnsafePointer(to: value) { pointer in
    unsafe pointer.withMemoryRebound(to: Double.self, capacity: 2) { unsafe body($0) }
  }
}
