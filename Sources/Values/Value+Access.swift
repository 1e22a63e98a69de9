extension Value {
  /// The text; nil for anything else.
  public var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The integer; nil for anything else.
  public var integer: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// The truth value; nil for anything else.
  public var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// A number, whether it was written with a decimal point or not.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let integer): Double(integer)
    default: nil
    }
  }

  /// The elements of a list; nil for anything else.
  public var list: [Value]? {
    if case .list(let list) = self { list } else { nil }
  }

  /// The fields; nil for anything but a record.
  public var record: Record? {
    if case .record(let record) = self { record } else { nil }
  }

  /// A field of a record; nil where there is none.
  public subscript(name: String) -> Value? { record?[name] }

  /// The value at a dotted path below this one.
  public func value(at path: some Sequence<some StringProtocol>) -> Value? {
    var value = self
    for name in path {
      guard let next = value[String(name)] else { return nil }
      value = next
    }
    return value
  }

  /// What is no record below this value, by dotted path.
  public func leaves(below path: String = "") -> [(path: String, value: Value)] {
    guard let record else { return [(path, self)] }
    return record.elements.flatMap { name, value in
      value.leaves(below: path.isEmpty ? name : "\(path).\(name)")
    }
  }

  /// How a person writes the value on a command line or in a table: `0.05`, `[4, 4]`, `linear`.
  public var spelling: String {
    switch self {
    case .null: "null"
    case .boolean(let boolean): boolean ? "true" : "false"
    case .integer(let integer): String(integer)
    case .number(let number): Value.spelling(of: number)
    case .text(let text): text
    case .list(let list): "[" + list.map(\.spelling).joined(separator: ", ") + "]"
    case .record(let record):
      "{" + record.elements.map { "\($0): \($1.spelling)" }.joined(separator: ", ") + "}"
    }
  }

  /// The shortest decimal that reads back as the same number, without a needless `.0`.
  public static func spelling(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
