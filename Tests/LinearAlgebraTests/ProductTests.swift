import LinearAlgebra
import Testing

@Suite("Matrix products")
struct ProductTests {
  @Test("complex products follow the definition", arguments: [(1, 1, 1), (3, 4, 5), (12, 7, 9)])
  func complex(shape: (Int, Int, Int)) {
    var samples = Samples(seed: 1)
    let a = samples.complexMatrix(shape.0, shape.1)
    let b = samples.complexMatrix(shape.1, shape.2)
    #expect(largestDifference((a * b).elements, slowProduct(a, b).elements) < 1e-13)
  }

  @Test("an adjoint factor equals the product with the adjoint")
  func adjoint() {
    var samples = Samples(seed: 2)
    let (a, b) = (samples.complexMatrix(6, 4), samples.complexMatrix(6, 5))
    var result = ComplexMatrix(rows: 4, columns: 5)
    multiply(a, b, first: .adjoint, into: &result)
    #expect(largestDifference(result.elements, slowProduct(a.adjoint, b).elements) < 1e-13)
  }

  @Test("scale and keep accumulate")
  func accumulation() {
    var samples = Samples(seed: 3)
    let (a, b) = (samples.complexMatrix(3, 3), samples.complexMatrix(3, 3))
    let start = samples.complexMatrix(3, 3)
    var result = start
    multiply(a, b, scale: Complex(0, 2), keep: Complex(-1), into: &result)
    let product = slowProduct(a, b)
    for i in 0..<3 {
      for j in 0..<3 {
        let expected = Complex(0, 2) * product[i, j] - start[i, j]
        #expect((result[i, j] - expected).squaredNorm < 1e-26)
      }
    }
  }

  @Test("real products: (A B)^T = B^T A^T, and the identity is neutral")
  func real() {
    var samples = Samples(seed: 4)
    let (a, b) = (samples.matrix(4, 6), samples.matrix(6, 3))
    #expect(
      largestDifference((a * b).transposed.elements, (b.transposed * a.transposed).elements)
        < 1e-13)
    #expect((a * Matrix.identity(6)).elements == a.elements)
    var viaOperation = Matrix(rows: 3, columns: 4)
    multiply(b, a, first: .transposed, second: .transposed, into: &viaOperation)
    #expect(largestDifference(viaOperation.elements, (a * b).transposed.elements) < 1e-13)
  }
}
