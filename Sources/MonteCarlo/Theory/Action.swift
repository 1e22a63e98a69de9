public import Randomness

/// ln W of fields and its derivative: what moves a field along.
public protocol Force: AnyObject {
  /// ln W, and its derivative by every number of the field (not projected on its space), or by every
  /// momentum where a place has fewer of them than numbers.
  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double
}

/// The exact weight of a system, expensive to evaluate, with its workspace.
public protocol Action: Force {
  /// Draws anew what the weight holds besides the field, such as pseudofermions; nothing by default.
  func refresh(_ field: borrowing Field, using random: inout RandomStream)
  /// ln W of a valid field; NaN, which no test accepts, where it could not be computed.
  func logWeight(_ field: borrowing Field) -> Double
}

extension Action {
  public func refresh(_ field: borrowing Field, using random: inout RandomStream) {}
}

/// An action in which one number of the field can change at a low price.
public protocol LocalAction: Action {
  /// ln W with `value` in place of `field.values[index]`, minus ln W of the field.
  func change(of field: borrowing Field, at index: Int, to value: Double) -> Double
}
