/// The exact weight of a system in which one number of the field can change at a low price.
public protocol LocalWeight: ExactWeight {
  /// ln W with `value` in place of `field.values[index]`, minus ln W of the field.
  func change(of field: borrowing Field, at index: Int, to value: Double) -> Double
}
