/// A real matrix, column after column.
public struct Matrix: Sendable, Equatable {
  /// How many there are.
  public let rows: Int
  /// How many there are.
  public let columns: Int
  /// Element (i, j) at i + rows * j.
  public var elements: [Double]

  /// From its elements.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// All elements 0.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
  }

  /// Ones on the diagonal.
  public static func identity(_ order: Int) -> Matrix {
    var result = Matrix(rows: order, columns: order)
    for i in 0..<order { result[i, i] = 1 }
    return result
  }

  /// An element, counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row + rows * column] }
    set { elements[row + rows * column] = newValue }
  }

  /// Rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result[j, i] = self[i, j] } }
    return result
  }

  public static func * (a: Matrix, b: Matrix) -> Matrix {
    var result = Matrix(rows: a.rows, columns: b.columns)
    multiply(a, b, into: &result)
    return result
  }
}

/// A complex matrix, column after column, every element as (real, imaginary).
public struct ComplexMatrix: Sendable, Equatable {
  /// How many there are.
  public let rows: Int
  /// How many there are.
  public let columns: Int
  /// Element (i, j) at 2 * (i + rows * j).
  public var elements: [Double]

  /// From its elements.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == 2 * rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// All elements 0.
  public init(rows: Int, columns: Int) {
    self.init(
      rows: rows, columns: columns, elements: [Double](repeating: 0, count: 2 * rows * columns))
  }

  /// Ones on the diagonal.
  public static func identity(_ order: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: order, columns: order)
    for i in 0..<order { result[i, i] = Complex(1) }
    return result
  }

  /// An element, counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Complex {
    get {
      let at = 2 * (row + rows * column)
      return Complex(elements[at], elements[at + 1])
    }
    set {
      let at = 2 * (row + rows * column)
      elements[at] = newValue.real
      elements[at + 1] = newValue.imaginary
    }
  }

  /// The Hermitian conjugate.
  public var adjoint: ComplexMatrix {
    var result = ComplexMatrix(rows: columns, columns: rows)
    for j in 0..<columns { for i in 0..<rows { result[j, i] = self[i, j].conjugate } }
    return result
  }

  public static func * (a: ComplexMatrix, b: ComplexMatrix) -> ComplexMatrix {
    var result = ComplexMatrix(rows: a.rows, columns: b.columns)
    multiply(a, b, into: &result)
    return result
  }
}
