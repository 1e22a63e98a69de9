import Foundation
import LinearAlgebra
import Testing

@Suite("Linear systems and least squares")
struct SolverTests {
  @Test("Cholesky: solution and determinant; an indefinite matrix is refused")
  func cholesky() throws {
    var samples = Samples(seed: 6)
    let g = samples.matrix(9, 5)
    let a = g.transposed * g
    let right = samples.matrix(5, 1).elements
    let factor = try Cholesky(a)
    let x = Matrix(rows: 5, columns: 1, elements: try factor.solve(right))
    #expect(largestDifference((a * x).elements, right) < 1e-11)
    let solver = HermitianEigensolver(order: 5)
    try solver.solveValues(a.elements.flatMap { [$0, 0] })
    #expect(abs(factor.logDeterminant - logarithmOfModulus(solver.values)) < 1e-11)
    var indefinite = Matrix.identity(3)
    indefinite[1, 1] = -1
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try Cholesky(indefinite)
    }
  }

  @Test("least squares: the residual is orthogonal to the columns")
  func overdetermined() throws {
    var samples = Samples(seed: 7)
    let a = samples.matrix(40, 6)
    let b = samples.matrix(40, 1)
    let fit = try LeastSquares(a, b.elements)
    let x = Matrix(rows: 6, columns: 1, elements: fit.solution)
    let residual = zip((a * x).elements, b.elements).map { $0 - $1 }
    let normal = a.transposed * Matrix(rows: 40, columns: 1, elements: residual)
    #expect(normal.elements.allSatisfy { abs($0) < 1e-12 })
    #expect(abs(fit.squaredResidual - residual.reduce(0) { $0 + $1 * $1 }) < 1e-12)
    #expect(fit.rank == 6)
    #expect(fit.conditionNumber > 1 && fit.conditionNumber < 10)
  }

  @Test("two equal columns: rank reported, the minimum-norm solution shares the weight")
  func rankDeficient() throws {
    let a = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 1, 2, 3])
    let fit = try LeastSquares(a, [2, 4, 6], cut: 1e-12)
    #expect(fit.rank == 1)
    #expect(largestDifference(fit.solution, [1, 1]) < 1e-13)
    #expect(fit.conditionNumber > 1e14)
  }

  @Test("fewer equations than unknowns, and shapes that do not fit")
  func underdetermined() throws {
    let fit = try LeastSquares(Matrix(rows: 1, columns: 2, elements: [3, 4]), [5])
    #expect(largestDifference(fit.solution, [0.6, 0.8]) < 1e-14)
    #expect(throws: LinearAlgebraError.self) {
      try LeastSquares(Matrix(rows: 2, columns: 1), [1, 2, 3])
    }
    #expect(throws: LinearAlgebraError.self) {
      try LeastSquares(Matrix(rows: 1, columns: 1, elements: [.nan]), [1])
    }
  }

  @Test("the library runs on one thread and names its kernel")
  func library() {
    BLAS.useOneThread()
    #expect(BLAS.threads == 1)
    #expect(!BLAS.kernelName.isEmpty)
    #expect(BLAS.configuration.contains("OpenBLAS"))
  }
}

private func logarithmOfModulus(_ values: [Double]) -> Double {
  values.reduce(0) { $0 + log(abs($1)) }
}

@Suite("Shapes and scales")
struct ShapeTests {
  @Test("solvers refuse what does not fit, and say what it is")
  func shapes() throws {
    #expect(throws: LinearAlgebraError.shape("a 2 x 3 matrix has no Cholesky factor")) {
      try Cholesky(Matrix(rows: 2, columns: 3))
    }
    let factor = try Cholesky(Matrix.identity(3))
    #expect(throws: LinearAlgebraError.self) { try factor.solve([1, 2]) }
    #expect(try factor.solve([1, 2, 3]) == [1, 2, 3])
  }

  @Test("every error describes itself with its routine or place")
  func descriptions() {
    let cases: [(LinearAlgebraError, String)] = [
      (.illegalArgument(routine: "zheevd", argument: 3), "zheevd refused its argument 3"),
      (.notConverged(routine: "zheevd", detail: 7), "zheevd did not converge (info 7)"),
      (.notFinite(routine: "zheevd"), "zheevd returned numbers that are not finite"),
      (.notPositiveDefinite(order: 2), "leading minor of order 2"),
      (.singular(routine: "dpotrs", pivot: 4), "pivot 4 is zero"),
    ]
    for (error, text) in cases { #expect(error.description.contains(text)) }
  }

  @Test("solutions scale with the right-hand side over 300 orders", arguments: [1e-150, 1, 1e150])
  func scales(scale: Double) throws {
    var samples = Samples(seed: 9)
    let a = samples.matrix(20, 4)
    let b = samples.matrix(20, 1).elements
    let (plain, scaled) = (
      try LeastSquares(a, b), try LeastSquares(a, b.map { scale * $0 })
    )
    for (x, y) in zip(plain.solution, scaled.solution) { #expect(abs(scale * x / y - 1) < 1e-9) }
  }

  @Test("a solver can be used again and again", arguments: [3, 17])
  func reuse(order: Int) throws {
    var samples = Samples(seed: 10)
    let (a, b) = (samples.hermitian(order), samples.hermitian(order))
    let solver = HermitianEigensolver(order: order)
    try solver.solveValues(a.elements)
    let first = solver.values
    try solver.solve(b.elements)
    try solver.solveValues(a.elements)
    #expect(solver.values == first)
    let trace = (0..<order).reduce(0.0) { $0 + a[$1, $1].real }
    #expect(abs(first.reduce(0, +) - trace) < 1e-12)
  }

  @Test("complex arithmetic")
  func complex() {
    let (a, b) = (Complex(1, 2), Complex(-3, 0.5))
    #expect(a * b == Complex(-4, -5.5))
    #expect(a + b == Complex(-2, 2.5) && a - b == Complex(4, 1.5))
    #expect(a.conjugate * a == Complex(a.squaredNorm))
    #expect(2 * a == Complex(2, 4))
  }
}
