/// A factorisation or solver that could not do what was asked, with the routine that said so.
public enum LinearAlgebraError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The routine refused its argument number `argument`: NaN in the input or a defect here.
  case illegalArgument(routine: String, argument: Int)
  /// An iteration did not converge.
  case notConverged(routine: String, detail: Int)
  /// An exactly zero pivot.
  case singular(routine: String, pivot: Int)
  /// The leading minor of this order is not positive.
  case notPositiveDefinite(order: Int)
  /// The result is not finite: NaN or infinity in the input, which the routine does not look for.
  case notFinite(routine: String)
  /// Shapes that do not fit together.
  case shape(String)

  public var description: String {
    switch self {
    case .illegalArgument(let routine, let argument):
      "\(routine) refused its argument \(argument)"
    case .notConverged(let routine, let detail):
      "\(routine) did not converge (info \(detail))"
    case .singular(let routine, let pivot):
      "\(routine): the matrix is singular (pivot \(pivot) is zero)"
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite (leading minor of order \(order)); add a ridge term"
    case .notFinite(let routine):
      "\(routine) returned numbers that are not finite; its input was not either"
    case .shape(let message): message
    }
  }
}

/// What a positive `info` of a routine means.
enum PositiveInfo {
  case notConverged, singular, notPositiveDefinite
}

func check(
  _ info: Int32, _ routine: String, positive: PositiveInfo
) throws(LinearAlgebraError) {
  guard info != 0 else { return }
  guard info > 0 else { throw .illegalArgument(routine: routine, argument: -Int(info)) }
  switch positive {
  case .notConverged: throw .notConverged(routine: routine, detail: Int(info))
  case .singular: throw .singular(routine: routine, pivot: Int(info))
  case .notPositiveDefinite: throw .notPositiveDefinite(order: Int(info))
  }
}

/// The eigensolvers pass NaN on with info = 0; any NaN spreads to the trace, so one sum shows it.
func checkFinite(_ values: [Double], _ routine: String) throws(LinearAlgebraError) {
  guard values.reduce(0, +).isFinite else { throw .notFinite(routine: routine) }
}
