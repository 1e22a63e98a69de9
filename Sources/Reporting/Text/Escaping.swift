/// Escapes for the markup languages written here. Each is total: any string gives valid output.
package enum Escaping {
  /// Text inside HTML or XML elements and quoted attributes. Characters XML 1.0 does not allow at
  /// all (most controls) become U+FFFD.
  package static func markup(_ text: some StringProtocol) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      case "\r": result += "&#13;"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// One field of a tab-separated file: tabs and line ends become spaces. A text that a spreadsheet
  /// would compute begins with an apostrophe, which it takes for "this is text".
  package static func tsv(_ text: String) -> String {
    let flat = oneLine(text)
    let isFormula = flat.first.map { "=+-@".contains($0) } ?? false
    return isFormula && Double(flat) == nil ? "'" + flat : flat
  }

  package static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0 == "\t" || $0 == "\n" || $0 == "\r" ? " " : $0 }))
  }

  /// One cell of a Markdown table.
  package static func markdown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|", "*", "_", "`", "<", "[", "]", "\\", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "\n", "\r", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Text in LaTeX's paragraph mode.
  package static func latex(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&", "%", "$", "#", "_", "{", "}":
        result += "\\"
        result.unicodeScalars.append(scalar)
      case "~": result += "\\textasciitilde{}"
      case "^": result += "\\textasciicircum{}"
      case "\\": result += "\\textbackslash{}"
      case "<", ">", "|": result += "$\(scalar)$"
      case "\n", "\r", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A double-quoted string of gnuplot whose contents are already enhanced text.
  package static func gnuplotString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      // Backquotes run a shell command inside double quotes.
      case "`": result += "\u{2018}"
      case "\n", "\r", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
