import LinearAlgebra
import Testing

@Suite("Eigenvalues")
struct EigensolverTests {
  @Test("A V = V diag(E), V unitary, both jobs agree", arguments: [1, 2, 5, 24, 72])
  func decomposition(order: Int) throws {
    var samples = Samples(seed: UInt64(order))
    let a = samples.hermitian(order)
    let solver = HermitianEigensolver(order: order)
    try solver.solve(a.elements)
    let values = solver.values
    let v = ComplexMatrix(rows: order, columns: order, elements: solver.vectors)
    var scaled = v
    for j in 0..<order { for i in 0..<order { scaled[i, j] = values[j] * v[i, j] } }
    #expect(largestDifference((a * v).elements, scaled.elements) < 1e-12 * Double(order))
    let identity = ComplexMatrix.identity(order)
    #expect(largestDifference((v.adjoint * v).elements, identity.elements) < 1e-12)
    try solver.solveValues(a.elements)
    #expect(largestDifference(solver.values, values) < 1e-12 * Double(order))
  }

  @Test("a 2 x 2 matrix in closed form: a + S.sigma has the levels a -+ |S|")
  func pauli() throws {
    let (a, x, y, z) = (0.3, 0.6, -1.1, 0.2)
    let solver = HermitianEigensolver(order: 2)
    try solver.solveValues([a + z, 0, x, y, x, -y, a - z, 0])
    let s = (x * x + y * y + z * z).squareRoot()
    #expect(largestDifference(solver.values, [a - s, a + s]) < 1e-15)
  }

  @Test("NaN is reported with the routine, never passed on as numbers")
  func notANumber() {
    let solver = HermitianEigensolver(order: 3)
    var matrix = ComplexMatrix.identity(3).elements
    matrix[2] = .nan
    #expect(throws: LinearAlgebraError.self) { try solver.solveValues(matrix) }
  }

  @Test("the path graph's levels are 2 cos(k pi / (n + 1))")
  func path() throws {
    let n = 9
    var a = ComplexMatrix(rows: n, columns: n)
    for i in 1..<n {
      a[i, i - 1] = Complex(1)
      a[i - 1, i] = Complex(1)
    }
    let solver = HermitianEigensolver(order: n)
    try solver.solveValues(a.elements)
    // Sum of squares of the levels is the trace of A^2, the largest is the golden closed form.
    #expect(abs(solver.values.reduce(0) { $0 + $1 * $1 } - Double(2 * (n - 1))) < 1e-13)
    #expect(abs(solver.values[n - 1] - 1.902_113_032_590_307_2) < 1e-14)
  }
}
