/// The one spot where diagnostics become text:
///
///     experiments/a.yaml:7:3: error: unknown key `lattce` in `system`
///       7 |   lattce: [6, 6]
///         |   ^~~~~~
///         = did you mean `lattice`?
public struct DiagnosticRenderer: Sendable {
  /// Whether to colour with ANSI escapes; the caller knows whether a terminal listens.
  public var coloured: Bool
  /// Longer source lines are clipped around the caret.
  public var maximumWidth: Int

  /// A renderer for a terminal or a file of that width.
  public init(coloured: Bool = false, maximumWidth: Int = 120) {
    self.coloured = coloured
    self.maximumWidth = max(20, maximumWidth)
  }

  /// All of it in source order, one after the other, without a final line end.
  public func render(_ diagnostics: Diagnostics) -> String {
    diagnostics.inSourceOrder.map(render).joined(separator: "\n")
  }

  /// One diagnostic on one or more lines, without a final line end.
  public func render(_ diagnostic: Diagnostic) -> String {
    var lines = [headline(diagnostic)]
    var margin = 0
    if let location = diagnostic.location, let text = diagnostic.sourceLine {
      let number = String(location.line)
      margin = number.count + 2
      let (shown, caret) = excerpt(text, column: location.column, length: diagnostic.length)
      lines.append(paint("  \(number) | ", .faint) + shown)
      lines.append(paint(spaces(margin) + " | ", .faint) + paint(caret, .marker))
    }
    if let hint = diagnostic.hint {
      lines.append(spaces(max(margin, 2)) + " = " + printable(hint))
    }
    return lines.joined(separator: "\n")
  }

  private func headline(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { printable("\($0)") + ": " } ?? ""
    let ink: Ink =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    return paint(place, .strong) + paint(diagnostic.severity.rawValue + ":", ink) + " "
      + paint(printable(diagnostic.message), .strong)
  }

  /// The line and the caret below it. Tabs stay tabs in both, so that they line up.
  private func excerpt(_ text: String, column: Int, length: Int) -> (String, String) {
    var scalars = Array(printable(text).unicodeScalars)
    var caret = min(max(column - 1, 0), scalars.count)
    if scalars.count > maximumWidth {
      let start = max(0, min(caret - maximumWidth / 2, scalars.count - maximumWidth))
      let end = min(scalars.count, start + maximumWidth)
      let (isCutLeft, isCutRight) = (start > 0, end < scalars.count)
      scalars = (isCutLeft ? ["…"] : []) + scalars[start..<end] + (isCutRight ? ["…"] : [])
      caret += (isCutLeft ? 1 : 0) - start
    }
    let padding = scalars[..<caret].map { $0 == "\t" ? "\t" : " " as Character }
    let tail = max(0, min(length, scalars.count - caret) - 1)
    var shown = String.UnicodeScalarView()
    shown.append(contentsOf: scalars)
    return (String(shown), String(padding) + "^" + String(repeating: "~", count: tail))
  }

  /// Control characters could move the cursor or hide text: they show as a replacement mark.
  private func printable(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      clean.append(isControl && scalar != "\t" && scalar != "\n" ? "\u{FFFD}" : scalar)
    }
    return String(clean)
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private enum Ink: String {
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case marker = "32"
    case strong = "1"
    case faint = "2"
  }

  private func paint(_ text: String, _ ink: Ink) -> String {
    coloured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }
}
