public import LinearAlgebra

/// Weighted least squares: y = A p with known errors of y, minimising
/// chi^2 = sum ((y_i - (A p)_i) / sigma_i)^2.
public struct LeastSquaresFit: Sendable {
  /// In the order of the functions.
  public let parameters: [Double]
  /// One standard error each, from the given errors alone: not scaled by chi^2 per degree of
  /// freedom, because a bad fit is to be seen and not to be hidden.
  public let errors: [Double]
  /// Of the parameters.
  public let covariance: Matrix
  /// Sum of squared residuals over squared errors.
  public let chiSquared: Double
  /// Points less parameters.
  public let degreesOfFreedom: Int
  /// Probability of a chi^2 at least this large if the model holds; 1 without degrees of freedom.
  public let probability: Double

  /// - Parameter rows: for each point the values of the basis functions there.
  public init(rows: [[Double]], values: [Double], errors: [Double]) throws(SeriesError) {
    let count = try Self.validate(rows, values, errors)
    var scaled = Matrix(rows: values.count, columns: count)
    for (i, row) in rows.enumerated() {
      for j in 0..<count { scaled[i, j] = row[j] / errors[i] }
    }
    let right = zip(values, errors).map { $0 / $1 }
    let solution: LeastSquares
    let covariance: Matrix
    do {
      solution = try LeastSquares(scaled, right, cut: 1e-13)
      covariance = try inverseOfNormalMatrix(scaled)
    } catch {
      throw .argument("the fit is singular: its basis functions cannot be told apart here")
    }
    guard solution.rank == count else {
      throw .argument("the fit is singular: its basis functions cannot be told apart here")
    }
    parameters = solution.solution
    self.covariance = covariance
    self.errors = (0..<count).map { covariance[$0, $0].squareRoot() }
    chiSquared = solution.squaredResidual
    degreesOfFreedom = values.count - count
    probability = fitProbability(chiSquared, degreesOfFreedom)
  }

  /// y = p0 + p1 x + … + p_degree x^degree.
  public init(
    polynomialOfDegree degree: Int, x: [Double], y: [Double], errors: [Double]
  ) throws(SeriesError) {
    guard degree >= 0 else { throw .argument("a polynomial has no degree \(degree)") }
    guard x.count == y.count else { throw .unequalLengths([x.count, y.count]) }
    let rows = x.map { point in
      var power = 1.0
      return (0...degree).map { _ in
        defer { power *= point }
        return power
      }
    }
    try self.init(rows: rows, values: y, errors: errors)
  }

  private static func validate(
    _ rows: [[Double]], _ values: [Double], _ errors: [Double]
  ) throws(SeriesError) -> Int {
    guard let count = rows.first?.count, count > 0 else { throw .empty }
    guard rows.count == values.count, errors.count == values.count else {
      throw .unequalLengths([rows.count, values.count, errors.count])
    }
    guard rows.allSatisfy({ $0.count == count }) else {
      throw .unequalLengths(rows.map(\.count))
    }
    guard values.count >= count else {
      throw .argument("\(values.count) points do not determine \(count) parameters")
    }
    try requireUsable(values, errors)
    guard rows.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
      throw .argument("the fit has basis functions that are not finite")
    }
    return count
  }
}

/// Points and errors a fit can use: finite, and every error positive.
func requireUsable(_ values: [Double], _ errors: [Double]) throws(SeriesError) {
  if let index = values.firstIndex(where: { !$0.isFinite }) {
    throw .notFinite(replica: 0, index: index)
  }
  if let index = errors.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
    throw .argument("point \(index) has the error \(errors[index]), which must be positive")
  }
}

/// (A^T A)^-1.
func inverseOfNormalMatrix(_ a: Matrix) throws(LinearAlgebraError) -> Matrix {
  let factor = try Cholesky(a.transposed * a)
  var inverse = Matrix(rows: a.columns, columns: a.columns)
  for j in 0..<a.columns {
    var unit = [Double](repeating: 0, count: a.columns)
    unit[j] = 1
    let column = try factor.solve(unit)
    for i in 0..<a.columns { inverse[i, j] = column[i] }
  }
  return inverse
}

func fitProbability(_ chiSquared: Double, _ degreesOfFreedom: Int) -> Double {
  degreesOfFreedom > 0 ? chiSquaredTail(chiSquared, degreesOfFreedom: degreesOfFreedom) : 1
}
