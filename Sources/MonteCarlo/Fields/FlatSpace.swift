public import Randomness

/// All real numbers, without a bound.
public struct FlatSpace: FieldSpace {
  public init() {}

  public func validate(_ field: borrowing Field) throws(FieldError) {
    for index in field.values.indices where !field.values[index].isFinite {
      throw FieldError(
        "the field at place \(index / field.components) is not finite: \(field.values[index])")
    }
  }

  public func randomise(_ field: inout Field, using random: inout RandomStream) {
    for index in field.values.indices { field.values[index] = random.normalPair().0 }
  }

  public func retract(_ field: inout Field) -> Double { 0 }

  public func project(_ momenta: inout [Double], at field: borrowing Field) {}

  /// Straight lines.
  public func move(_ field: inout Field, _ momenta: inout [Double], by time: Double) {
    var s = field.values.mutableSpan
    let p = momenta.span
    for i in s.indices { s[i] += time * p[i] }
  }
}
