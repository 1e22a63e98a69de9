import LinearAlgebra
import Randomness

/// Matrices of standard normal numbers, by seed.
struct Samples {
  var random: RandomStream

  init(seed: UInt64) { random = RandomStream(key: seed, nonce: 0x11) }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for i in result.elements.indices { result.elements[i] = random.normalPair().0 }
    return result
  }

  mutating func complexMatrix(_ rows: Int, _ columns: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: rows, columns: columns)
    for i in result.elements.indices { result.elements[i] = random.normalPair().0 }
    return result
  }

  mutating func hermitian(_ order: Int) -> ComplexMatrix {
    let a = complexMatrix(order, order)
    let b = a.adjoint
    return ComplexMatrix(
      rows: order, columns: order, elements: zip(a.elements, b.elements).map { ($0 + $1) / 2 })
  }
}

func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(a.count == b.count ? 0 : .infinity) { max($0, abs($1.0 - $1.1)) }
}

/// Products by their definition: the oracle.
func slowProduct(_ a: ComplexMatrix, _ b: ComplexMatrix) -> ComplexMatrix {
  var result = ComplexMatrix(rows: a.rows, columns: b.columns)
  for i in 0..<a.rows {
    for j in 0..<b.columns {
      result[i, j] = (0..<a.columns).reduce(Complex(0)) { $0 + a[i, $1] * b[$1, j] }
    }
  }
  return result
}
