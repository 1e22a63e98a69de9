import Reporting
import Testing

/// Tables for papers: what TeX would stumble over, and whether they fit a page.
@Suite struct LaTeXTableTests {
  static func wide(columns: Int, rows: Int) -> ResultTable {
    let names = (0..<columns).map { ResultTable.Column("y\($0)", label: "observable $y_{\($0)}$") }
    var table = ResultTable(
      name: "wide", columns: [.init("model"), .init("system.temperature", label: "$T$")] + names)
    for row in 0..<rows {
      let value = MeasuredValue(
        Double(row) + 0.125, error: 0.03, autocorrelationTime: 3.5, autocorrelationTimeError: 0.5,
        effectiveSamples: 1234, isConverged: row % 2 == 0)
      table.append(
        [.text("50 % of a_b & <c>"), .number(0.05)]
          + Array(repeating: .measured(value), count: columns))
    }
    return table
  }

  /// What LaTeX checks: environments and braces close, dollars pair within a line, and each row has
  /// as many cells as the preamble has columns.
  private func faults(_ text: String) -> [String] {
    var faults: [String] = []
    var environments: [(name: String, columns: Int)] = []
    var depth = 0
    for line in text.split(separator: "\n") where !line.hasPrefix("%") {
      let bare = line.replacing("\\\\", with: " ").replacing("\\&", with: "").replacing(
        "\\$", with: ""
      )
      .replacing("\\{", with: "").replacing("\\}", with: "").replacing("\\%", with: "")
      depth += bare.count { $0 == "{" } - bare.count { $0 == "}" }
      if bare.count(where: { $0 == "$" }) % 2 != 0 { faults.append("odd dollars: \(line)") }
      if bare.contains(/[^\\]%./) { faults.append("a comment within: \(line)") }
      if let begin = line.firstMatch(of: /\\begin\{(\w+)\}\{([lrc]+)\}/) {
        environments.append((String(begin.output.1), begin.output.2.count))
      } else if let end = line.firstMatch(of: /\\end\{(\w+)\}/) {
        if environments.popLast()?.name != String(end.output.1) { faults.append("\(line)") }
      } else if line.hasSuffix("\\\\"), let columns = environments.last?.columns {
        var cells = bare.count { $0 == "&" } + 1
        for wide in bare.matches(of: /\\multicolumn\{(\d+)\}/) {
          cells += (Int(wide.output.1) ?? 0) - 1
        }
        if cells != columns { faults.append("\(cells) cells for \(columns): \(line)") }
      }
    }
    if text.contains(/(\\\\|rule)\s*[\[*]/) { faults.append("a cell that is taken for an option") }
    if depth != 0 { faults.append("\(depth) braces are open") }
    if !environments.isEmpty { faults.append("\(environments) are open") }
    if text.contains("_{") && text.replacing(/\$[^$]*\$/, with: "").contains(/[^\\]_/) {
      faults.append("a subscript outside of mathematics")
    }
    return faults
  }

  @Test(arguments: [1, 4, 12], [false, true])
  func nothingForTeXToStumbleOver(columns: Int, details: Bool) {
    let text = Self.wide(columns: columns, rows: 5).latex(details: details)
    #expect(faults(text).isEmpty)
    #expect(text.contains("50 \\% of a\\_b \\& $<$c$>$"))
    #expect(text.contains("ESS") == details)
  }

  /// The check itself sees what is wrong.
  @Test func theCheckSees() {
    #expect(!faults("\\begin{tabular}{ll}\na & b & c \\\\\n\\end{tabular}").isEmpty)
    #expect(!faults("\\begin{tabular}{ll}\na & $b \\\\\n\\end{tabular}").isEmpty)
    #expect(!faults("{\\begin{tabular}{ll}\na & b \\\\\n\\end{tabular}").isEmpty)
  }

  /// After a line's end LaTeX takes a bracket for an option.
  @Test func lattices() {
    let table = ResultTable(
      name: "t", columns: [.init("lattice")], rows: [[.text("[4, 4]")], [.text("*")]])
    #expect(table.latex().contains("\n{[}4, 4] \\\\\n{*} \\\\\n"))
    #expect(faults(table.latex()).isEmpty)
    #expect(!faults("\\midrule\n[4, 4] & a").isEmpty)
  }

  /// 345 pt, at 4.3 pt a character and 6 pt a gap.
  @Test func columnsThatDoNotFitStandBelow() {
    let text = Self.wide(columns: 12, rows: 5).latex()
    let blocks = text.split(separator: "\\begin{tabular}")
    #expect(blocks.count > 2)
    for block in blocks.dropFirst() {
      #expect(block.contains("50 \\% of"), "every block says which point a row is")
      for line in block.split(separator: "\n") where line.contains("&") {
        let cells = line.matches(of: /\$[-0-9.()]+\$/)
        let characters = 17 + cells.reduce(0) { $0 + $1.output.count - 2 }
        #expect(Double(characters) * 4.3 + Double(cells.count + 1) * 6 <= 345)
      }
    }
    let all = (0..<12).map { "y_{\($0)}" }
    #expect(all.allSatisfy { text.contains($0) })
  }

  @Test func longTablesBreakOverPages() {
    let long = Self.wide(columns: 2, rows: 60).latex()
    #expect(long.contains("\\usepackage{longtable}") && long.contains("\\endhead"))
    #expect(faults(long).isEmpty)
    #expect(!Self.wide(columns: 2, rows: 20).latex().contains("longtable"))
  }

  @Test func detailsStandUnderTheirValue() {
    let text = Self.wide(columns: 1, rows: 1).latex(details: true)
    #expect(text.contains("\\multicolumn{3}{c}{observable $y_{0}$}"))
    #expect(text.contains("\\cmidrule(lr){3-5}"))
    #expect(text.contains("value & $\\tau_{\\mathrm{int}}$ & ESS \\\\"))
    #expect(text.contains("$0.125(30)$ & $3.5(5)$ & $1230$ \\\\"))
  }

  @Test func withoutColumnsOrRows() {
    #expect(faults(ResultTable(name: "none", columns: [.init("a")]).latex()).isEmpty)
    #expect(!ResultTable(name: "none", columns: []).latex(details: true).contains("begin"))
  }
}
