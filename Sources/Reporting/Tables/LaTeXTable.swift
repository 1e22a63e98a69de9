extension ResultTable {
  /// The table for a paper, with rules of the `booktabs` package, that fits a page: columns that do
  /// not fit side by side continue in a further block below, which repeats the points, and a table of
  /// many rows breaks over pages. Values that have not converged carry an asterisk.
  ///
  /// - Parameter details: whether autocorrelation time and effective samples follow each value.
  public func latex(details: Bool = false) -> String {
    LaTeXTable(self, details: details).text
  }
}

/// Lays a table out for a page of LaTeX's `article` at 10 pt.
struct LaTeXTable {
  private let table: ResultTable
  private let groups: [Group]
  /// Places in `groups` of what says which point a row is: what stands before the first value.
  private let keys: Range<Int>

  private enum Page {
    static let width = 345.0
    static let rows = 42
    /// Width of a character and of the space between two columns, in points.
    static let normal = (character: 5.0, gap: 12.0)
    static let small = (character: 4.3, gap: 6.0)
    /// Heads no wider than this stay on one line.
    static let shortHead = 10
  }

  /// A column of the table with the facts that stand beside it.
  private struct Group {
    /// Texts of the head, the longest of which a line may be; LaTeX.
    let head: [String]
    /// What stands over each column where there are several.
    let names: [String]
    let alignment: String
    let cells: [[String]]
    /// Characters of each column.
    let widths: [Int]
    let headWidth: Int

    func width(_ scale: (character: Double, gap: Double)) -> Double {
      let body = Double(widths.reduce(0, +)) * scale.character + Double(widths.count) * scale.gap
      return max(body, Double(headWidth) * scale.character + scale.gap)
    }
  }

  init(_ table: ResultTable, details: Bool) {
    self.table = table
    groups = table.columns.indices.map { Self.group($0, of: table, details: details) }
    keys = 0..<(table.columns.indices.first { table.isMeasured($0) } ?? 0)
  }

  var text: String {
    var text = "% Needs \\usepackage{booktabs}\(isLong ? " and \\usepackage{longtable}" : "").\n"
    if !table.title.isEmpty { text += "% \(Escaping.oneLine(table.title))\n" }
    if table.rows.contains(where: { $0.contains { $0.measured?.isConverged == false } }) {
      text += "% An asterisk marks values that have not converged.\n"
    }
    guard !groups.isEmpty else { return text }
    let all = Array(groups.indices)
    if fits(all, Page.normal) { return text + block(all) }
    text += "{\\footnotesize\\setlength{\\tabcolsep}{3pt}%\n"
    return text + blocks.map(block).joined(separator: "\\par\\bigskip\n") + "}\n"
  }

  private var isLong: Bool { table.rows.count > Page.rows }

  private func fits(_ places: [Int], _ scale: (character: Double, gap: Double)) -> Bool {
    places.reduce(0) { $0 + groups[$1].width(scale) } <= Page.width
  }

  /// The columns of each block; a block has at least one beside those that name the point.
  private var blocks: [[Int]] {
    var blocks: [[Int]] = []
    var block = Array(keys)
    for place in keys.upperBound..<groups.count {
      if block.count > keys.count, !fits(block + [place], Page.small) {
        blocks.append(block)
        block = Array(keys)
      }
      block.append(place)
    }
    return blocks + [block]
  }

  private func block(_ places: [Int]) -> String {
    let shown = places.map { groups[$0] }
    let environment = isLong ? "longtable" : "tabular"
    let alignment = shown.map(\.alignment).joined()
    var text = "\\begin{\(environment)}{\(alignment)}\n\\toprule\n"
    text += head(shown) + "\\midrule\n" + (isLong ? "\\endhead\n" : "")
    for row in table.rows.indices {
      text += shown.flatMap { $0.cells[row] }.joined(separator: " & ") + " \\\\\n"
    }
    return text + "\\bottomrule\n\\end{\(environment)}\n"
  }

  private func head(_ shown: [Group]) -> String {
    let heads = shown.map { group in
      let text =
        group.head.count == 1
        ? group.head[0]
        : "\\shortstack[\(group.alignment.prefix(1))]{\(group.head.joined(separator: "\\\\"))}"
      let count = group.alignment.count
      return count == 1 ? text : "\\multicolumn{\(count)}{c}{\(text)}"
    }
    var text = heads.joined(separator: " & ") + " \\\\\n"
    guard shown.contains(where: { $0.alignment.count > 1 }) else { return text }
    var column = 1
    for group in shown {
      let last = column + group.alignment.count - 1
      if last > column { text += "\\cmidrule(lr){\(column)-\(last)}" }
      column = last + 1
    }
    return text + "\n" + shown.flatMap(\.names).joined(separator: " & ") + " \\\\\n"
  }
}

extension LaTeXTable {
  private static func group(_ column: Int, of table: ResultTable, details: Bool) -> Group {
    let facts = DetailColumns(of: column, in: table)
    let cells = table.rows.map { $0[column] }
    var names = ["value"]
    var bodies = [cells.map(\.latex)]
    var plain = [cells.map(\.plainText)]
    func add(_ name: String, _ notation: (MeasuredValue) -> ValueNotation?) {
      names.append(name)
      let notations = cells.map { $0.measured.flatMap(notation) }
      bodies.append(notations.map { $0?.latex ?? "" })
      plain.append(notations.map { $0?.plainText ?? "" })
    }
    if details, facts.autocorrelationTime {
      add("$\\tau_{\\mathrm{int}}$", \.autocorrelationTimeNotation)
    }
    if details, facts.effectiveSamples {
      add("ESS") { $0.effectiveSamples.map { ValueNotation($0, digits: 3) } }
    }
    let widths = plain.map { max(3, $0.map(\.count).max() ?? 0) }
    let isText = table.isTextColumn(column)
    let head = table.columns[column]
    let unit = head.unit.isEmpty ? "" : " (\(head.unit))"
    let lines = wrapped(head.label + unit, width: widths.reduce(0, +) + 2 * (widths.count - 1))
    return Group(
      head: lines.map { MathText($0).latex }, names: names.count == 1 ? [""] : names,
      alignment: isText ? "l" : String(repeating: "r", count: names.count),
      cells: table.rows.indices.map { row in bodies.map { $0[row] } }, widths: widths,
      headWidth: lines.map { MathText($0).plain.count }.max() ?? 0)
  }

  /// Broken at blanks outside of mathematics, where it is wider than what stands below.
  private static func wrapped(_ label: String, width: Int) -> [String] {
    guard MathText(label).plain.count > max(width, Page.shortHead) else { return [label] }
    var words = [""]
    var isMathematics = false
    for character in label {
      if character == "$" { isMathematics.toggle() }
      if character == " ", !isMathematics {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    let widest = max(width, words.map { MathText($0).plain.count }.max() ?? 0)
    return words.dropFirst().reduce(into: [words[0]]) { lines, word in
      let joined = lines[lines.count - 1] + " " + word
      if MathText(joined).plain.count <= widest {
        lines[lines.count - 1] = joined
      } else {
        lines.append(word)
      }
    }
  }
}

extension ResultTable.Cell {
  fileprivate var latex: String {
    switch self {
    case .missing: ""
    // After the end of a line LaTeX takes a bracket or a star for an option.
    case .text(let text):
      text.hasPrefix("[") || text.hasPrefix("*")
        ? "{\(text.prefix(1))}\(Escaping.latex(text.dropFirst()))" : Escaping.latex(text)
    case .integer(let value): "$\(value)$"
    case .number(let value): ValueNotation(value).latex
    case .measured(let measured):
      measured.notation.latex + (measured.isConverged == false ? "\\rlap{$^{*}$}" : "")
    }
  }
}
