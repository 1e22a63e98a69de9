/// A parameter outside the range where the model or a method is defined.
public struct ParameterError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The parameter's name in a manifest.
  public let parameter: String
  /// What is wrong with its value, and what to do.
  public let reason: String

  /// What is wrong with which parameter.
  public init(_ parameter: String, _ reason: String) {
    self.parameter = parameter
    self.reason = reason
  }

  public var description: String { "\(parameter): \(reason)" }
}

/// Refuses what is not a number before it spreads through a matrix.
func requireFinite(_ value: Double, _ parameter: String) throws(ParameterError) {
  guard value.isFinite else {
    throw ParameterError(parameter, "must be a finite number, not \(value)")
  }
}
