public import Randomness

/// The space that the numbers of one place live in: what is allowed there, what is drawn without
/// interaction, and how hybrid Monte Carlo moves, along geodesics with momenta in the tangent space.
public protocol FieldSpace: Sendable {
  /// Throws when a number or a place is outside of the space.
  func validate(_ field: borrowing Field) throws(FieldError)
  /// Draws every place from the measure without interaction; where that has no total, in flat space,
  /// normal deviates of unit variance.
  func randomise(_ field: inout Field, using random: inout RandomStream)
  /// Brings every place back into the space; how far the worst one was off.
  func retract(_ field: inout Field) -> Double
  /// Momenta per place for `components` numbers.
  func momenta(components: Int) -> Int
  /// Removes from momenta what would leave the space at the field.
  func project(_ momenta: inout [Double], at field: borrowing Field)
  /// Follows the geodesics for some time and turns the momenta along.
  func move(_ field: inout Field, _ momenta: inout [Double], by time: Double)
}

extension FieldSpace {
  /// As many as there are numbers.
  public func momenta(components: Int) -> Int { components }

  /// Normal deviates in the tangent space.
  public func drawMomenta(
    _ momenta: inout [Double], at field: borrowing Field, using random: inout RandomStream
  ) {
    var i = 0
    while i < momenta.count {
      let pair = random.normalPair()
      momenta[i] = pair.0
      if i + 1 < momenta.count { momenta[i + 1] = pair.1 }
      i += 2
    }
    project(&momenta, at: field)
  }
}
