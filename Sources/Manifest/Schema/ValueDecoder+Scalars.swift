internal import Values
internal import YAML

extension ValueDecoder {
  /// A scalar as the type asks: quoting makes text of anything, and only plain scalars are numbers.
  static func value(of scalar: (text: String, isPlain: Bool), as type: FieldType) -> Value? {
    switch type {
    case .boolean: boolean(scalar)
    case .integer(let range):
      integer(scalar).flatMap { range.contains($0) ? .integer($0) : nil }
    case .number(let interval):
      number(scalar).flatMap { interval.contains($0) ? .number($0) : nil }
    case .text: .text(scalar.text)
    case .choice(let names): names.contains(scalar.text) ? .text(scalar.text) : nil
    case .any: coreSchema(scalar)
    case .list, .record, .either: nil
    }
  }

  static func coreSchema(_ scalar: (text: String, isPlain: Bool)) -> Value {
    guard scalar.isPlain else { return .text(scalar.text) }
    if ["", "~", "null"].contains(scalar.text) { return .null }
    if let boolean = boolean(scalar) { return boolean }
    if let integer = Int(scalar.text) { return .integer(integer) }
    if let number = number(scalar), number.isFinite { return .number(number) }
    return .text(scalar.text)
  }

  private static func boolean(_ scalar: (text: String, isPlain: Bool)) -> Value? {
    guard scalar.isPlain else { return nil }
    return switch scalar.text {
    case "true": .boolean(true)
    case "false": .boolean(false)
    default: nil
    }
  }

  /// `20000`, `2e4` and `20000.0` are the same integer.
  private static func integer(_ scalar: (text: String, isPlain: Bool)) -> Int? {
    guard scalar.isPlain else { return nil }
    if let integer = Int(scalar.text) { return integer }
    return number(scalar).flatMap { Int(exactly: $0) }
  }

  private static func number(_ scalar: (text: String, isPlain: Bool)) -> Double? {
    guard scalar.isPlain, let first = scalar.text.utf8.first, isNumeric(first),
      !scalar.text.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
    else { return nil }
    return Double(scalar.text)
  }

  /// Keeps `Double` from reading "nan", "inf" and hexadecimal floats.
  private static func isNumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }
}
