extension Value {
  /// JSON on one line, or indented by two spaces per level.
  public func json(indented: Bool = false) -> String {
    var writer = JSONWriter(indented: indented)
    writer.append(self, depth: 0)
    return writer.text
  }
}

private struct JSONWriter {
  let indented: Bool
  var text = ""

  init(indented: Bool) { self.indented = indented }

  mutating func append(_ value: Value, depth: Int) {
    switch value {
    case .null: text += "null"
    case .boolean(let boolean): text += boolean ? "true" : "false"
    case .integer(let integer): text += String(integer)
    // JSON has no infinities; null is what h5py users and pandas read as "missing".
    case .number(let number): text += number.isFinite ? "\(number)" : "null"
    case .text(let string): append(string)
    case .list(let list):
      let flat = list.allSatisfy { $0.list == nil && $0.record == nil }
      append("[", "]", count: list.count, depth: depth, flat: flat) { writer, index in
        writer.append(list[index], depth: depth + 1)
      }
    case .record(let record):
      append("{", "}", count: record.count, depth: depth, flat: false) { writer, index in
        writer.append(record.names[index])
        writer.text += writer.indented ? ": " : ":"
        writer.append(record.values[index], depth: depth + 1)
      }
    }
  }

  private mutating func append(
    _ open: String, _ close: String, count: Int, depth: Int, flat: Bool,
    element: (inout JSONWriter, Int) -> Void
  ) {
    let breaks = indented && !flat && count > 0
    text += open
    for index in 0..<count {
      if index > 0 { text += indented && !breaks ? ", " : "," }
      if breaks { text += "\n" + String(repeating: "  ", count: depth + 1) }
      element(&self, index)
    }
    if breaks { text += "\n" + String(repeating: "  ", count: depth) }
    text += close
  }

  private mutating func append(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      // Also what a terminal would obey: C1 controls and marks that turn the direction of writing.
      case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}",
        "\u{2066}"..."\u{2069}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
