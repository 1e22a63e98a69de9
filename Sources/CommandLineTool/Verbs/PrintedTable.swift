internal import Reporting

/// A table as `slmc show` prints it.
struct PrintedTable {
  let table: ResultTable
  /// Whether tau and effective samples stand beside the values, where there is room.
  var withDetails = false
  /// How many results are not among the columns.
  var hidden = 0

  func text(_ arguments: Arguments, _ tool: Tool) -> String {
    if arguments.has("--json") { return table.json() }
    if arguments.has("--tsv") { return table.tabSeparated() }
    if arguments.has("--latex") { return table.latex(details: withDetails) }
    if arguments.has("--markdown") { return table.markdown() }
    let title = table.title.isEmpty ? table.name : table.title
    let results = hidden == 1 ? "result" : "results"
    let note = hidden == 0 ? "" : "(\(hidden) more \(results): --all)\n"
    return title + "\n" + body(width: tool.output.isInteractive ? tool.output.width : 100) + note
  }

  private func body(width: Int) -> String {
    func fits(_ text: String) -> Bool {
      text.split(separator: "\n").allSatisfy { $0.count <= width }
    }
    if withDetails {
      let full = table.plainText(details: true)
      if fits(full) { return full }
    }
    let plain = table.plainText()
    if fits(plain) { return plain }
    return TurnedTable(table: table, width: width).text ?? table.plainText(width: width)
  }
}
