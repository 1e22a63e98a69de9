/// A JSON document under construction whose keys stay in the order given, so that equal results
/// give equal bytes.
package indirect enum JSONText {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])

  /// The document with two-space indentation; arrays and objects of at most one line's length
  /// that hold no further structure stay on one line.
  package func rendered(indent: Int = 0) -> String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    // JSON has no NaN and no infinity: they are written as strings that most languages' number
    // parsers read.
    case .number(let value):
      value.isFinite ? value.description : "\"" + NonFinite.name(of: value) + "\""
    case .string(let value): Self.quoted(value)
    case .array(let items):
      Self.block("[", items.map { ("", $0) }, "]", indent: indent)
    case .object(let members):
      Self.block("{", members.map { (Self.quoted($0) + ": ", $1) }, "}", indent: indent)
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private static func block(
    _ open: String, _ items: [(String, JSONText)], _ close: String, indent: Int
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

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..<"\u{20}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
