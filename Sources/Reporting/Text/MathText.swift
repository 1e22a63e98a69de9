/// Text with a small TeX-like markup, so that one label serves figures, HTML, LaTeX and terminals.
///
/// Between dollars letters are italic, `_` and `^` lower and raise the next character or `{group}`,
/// and commands such as `\tau`, `\langle`, `\times`, `\mathrm{…}` are known. Everything outside
/// dollars is literal, as is a lone dollar. Unknown commands appear by their name.
package struct MathText: Equatable {
  package indirect enum Run: Equatable {
    case upright(String)
    case italic(String)
    case lowered([Run])
    case raised([Run])
  }

  /// A longer text is no label: it is shown as it is written.
  private static let longest = 10_000

  let source: String
  private(set) var runs: [Run] = []

  package init(_ source: String) {
    self.source = source
    let parts = source.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1, source.utf8.count <= Self.longest else {
      runs = [.upright(source)]
      return
    }
    for (index, part) in parts.enumerated() where !part.isEmpty {
      if index % 2 == 0 {
        runs.append(.upright(String(part)))
      } else {
        var parser = MathParser(rest: part)
        runs += parser.runs(until: nil)
      }
    }
  }

  /// Without markup, for terminals and for measuring widths.
  package var plain: String { Self.plain(runs) }

  private static func plain(_ runs: [Run]) -> String {
    runs.map {
      switch $0 {
      case .upright(let text), .italic(let text): text
      case .lowered(let inner): "_" + plain(inner)
      case .raised(let inner): "^" + plain(inner)
      }
    }.joined()
  }

  /// Escaped HTML.
  package var html: String { Self.html(runs) }

  private static func html(_ runs: [Run]) -> String {
    runs.map {
      switch $0 {
      case .upright(let text): Escaping.markup(text)
      case .italic(let text): "<i>" + Escaping.markup(text) + "</i>"
      case .lowered(let inner): "<sub>" + html(inner) + "</sub>"
      case .raised(let inner): "<sup>" + html(inner) + "</sup>"
      }
    }.joined()
  }

  /// gnuplot's enhanced text, not yet quoted.
  package var gnuplot: String { Self.gnuplot(runs) }

  private static func gnuplot(_ runs: [Run]) -> String {
    runs.map {
      switch $0 {
      case .upright(let text): gnuplotLiteral(text)
      case .italic(let text): "{/:Italic " + gnuplotLiteral(text) + "}"
      case .lowered(let inner): "_{" + gnuplot(inner) + "}"
      case .raised(let inner): "^{" + gnuplot(inner) + "}"
      }
    }.joined()
  }

  private static func gnuplotLiteral(_ text: String) -> String {
    String(text.flatMap { "_^{}@&~\\".contains($0) ? ["\\", $0] : [$0] })
  }

  /// LaTeX; known mathematics is passed through as written, the rest escaped.
  package var latex: String {
    let parts = source.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count % 2 == 1, source.utf8.count <= Self.longest,
      parts.indices.allSatisfy({ $0 % 2 == 0 || isHarmless(parts[$0]) })
    else { return Escaping.latex(source) }
    return parts.enumerated().map { index, part in
      index % 2 == 0 ? Escaping.latex(part) : "$" + part + "$"
    }.joined()
  }
}

/// The mathematics between two dollars.
private struct MathParser {
  /// Scripts, groups and fractions inside each other; no label of a reader has more.
  private static let mostNested = 16

  var rest: Substring
  private var depth = 0

  init(rest: Substring) { self.rest = rest }

  mutating func runs(until close: Character?) -> [MathText.Run] {
    var result: [MathText.Run] = []
    while let next = rest.first, next != close {
      result += atom()
    }
    if close != nil { _ = rest.popFirst() }
    return merged(result)
  }

  /// The next character, group, script or command.
  private mutating func atom() -> [MathText.Run] {
    guard let first = rest.popFirst() else { return [] }
    guard depth < Self.mostNested else { return [.upright(String(first))] }
    depth += 1
    defer { depth -= 1 }
    switch first {
    case "_": return [.lowered(atom())]
    case "^": return [.raised(atom())]
    case "{": return runs(until: "}")
    case "\\": return command()
    case "-": return [.upright("\u{2212}")]
    case "*": return [.upright("∗")]
    case "=", "<", ">", "+", "≈", "∝": return [.upright("\u{A0}\(first)\u{A0}")]
    case " ": return []
    default: return [first.isLetter ? .italic(String(first)) : .upright(String(first))]
    }
  }

  private mutating func command() -> [MathText.Run] {
    let name = rest.prefix { $0.isLetter && $0.isASCII }
    rest = rest.dropFirst(name.count)
    guard !name.isEmpty else {
      guard let symbol = rest.popFirst() else { return [] }
      return [.upright(",;: ".contains(symbol) ? "\u{2009}" : symbol == "!" ? "" : String(symbol))]
    }
    while rest.first == " " { rest.removeFirst() }
    switch name {
    case "mathrm", "text", "operatorname", "mathbf":
      return [.upright(uprightGroup())]
    case "sqrt": return [.upright("√")] + parenthesised(atom())
    case "frac":
      let numerator = atom()
      return numerator + [.upright("/")] + atom()
    default: return [MathSymbols.run(for: String(name))]
    }
  }

  private mutating func uprightGroup() -> String {
    guard rest.first == "{" else { return rest.popFirst().map(String.init) ?? "" }
    let text = rest.dropFirst().prefix { $0 != "}" }
    rest = rest[text.endIndex...].dropFirst()
    return String(text)
  }

  private func parenthesised(_ runs: [MathText.Run]) -> [MathText.Run] {
    if runs.count == 1, case .italic(let text)? = runs.first, text.count == 1 {
      return runs
    }
    return [.upright("(")] + runs + [.upright(")")]
  }

  private func merged(_ runs: [MathText.Run]) -> [MathText.Run] {
    runs.reduce(into: []) { result, run in
      switch (result.last, run) {
      case (.upright(let left)?, .upright(let right)):
        result[result.count - 1] = .upright(left + right)
      case (.italic(let left)?, .italic(let right)):
        result[result.count - 1] = .italic(left + right)
      default: result.append(run)
      }
    }
  }
}
