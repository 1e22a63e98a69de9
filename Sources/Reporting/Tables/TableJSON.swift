package import Values

/// JSON as tables are written: names in the order of the columns, where a `Record` has the order of its
/// names, and a row or a value on one line where it has room, so that a change reads well in a review.
package indirect enum TableJSON {
  case value(Value)
  case array([TableJSON])
  case object([(String, TableJSON)])

  /// JSON has no NaN and no infinity: they are written as strings that most languages' number parsers
  /// read.
  package static func number(_ value: Double) -> TableJSON {
    .value(value.isFinite ? .number(value) : .text(NonFinite.name(of: value)))
  }

  package static func text(_ text: String) -> TableJSON { .value(.text(text)) }

  /// The document with two-space indentation; what holds no further structure stays on one line where
  /// it has room.
  package func rendered(indent: Int = 0) -> String {
    switch self {
    case .value(let value): value.json()
    case .array(let items): Self.block("[", items.map { ("", $0) }, "]", indent: indent)
    case .object(let members):
      Self.block(
        "{", members.map { (Value.text($0).json() + ": ", $1) }, "}", indent: indent)
    }
  }

  private var isScalar: Bool {
    if case .value = self { true } else { false }
  }

  private static func block(
    _ open: String, _ items: [(String, TableJSON)], _ close: String, indent: Int
  ) -> String {
    if items.allSatisfy(\.1.isScalar) {
      let line = items.map { $0 + $1.rendered() }.joined(separator: ", ")
      if indent + line.utf8.count <= 96 { return open + line + close }
    }
    let margin = String(repeating: " ", count: indent + 2)
    let lines = items.map { margin + $0 + $1.rendered(indent: indent + 2) }
    return open + "\n" + lines.joined(separator: ",\n") + "\n"
      + String(repeating: " ", count: indent) + close
  }
}
