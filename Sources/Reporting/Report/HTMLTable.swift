/// A table of the report: sortable by its heads, filterable by words, every row complete in HTML so
/// that it also reads without scripts and on paper.
struct HTMLTable {
  private let source: ReportTable
  private var columns: [HTMLColumn]
  private let hidesDetails: Bool
  private let id: String

  init(_ source: ReportTable, id: String) {
    self.source = source
    self.id = id
    columns = HTMLColumn.columns(of: source.table, main: source.main)
    // Autocorrelation times and sample sizes stay open where they do not drown the values.
    hidesDetails =
      source.showsDetails.map { !$0 }
      ?? (columns.count { $0.isDetail && !$0.isExtra } > 4)
  }

  /// The table in at most about `limit` bytes: where all columns would not leave room for all rows,
  /// the main ones alone; rows beyond are left to the TSV.
  func html(limit: Int) -> String {
    var (body, shown) = rows(limit)
    var table = self
    if shown < source.table.rows.count, columns.contains(where: \.isExtra) {
      table.columns.removeAll(where: \.isExtra)
      (body, shown) = table.rows(limit)
    }
    return table.page(body, shown: shown)
  }

  private func rows(_ limit: Int) -> (body: String, shown: Int) {
    var body = ""
    var shown = 0
    for row in source.table.rows {
      let line = self.line(row)
      if body.utf8.count + line.utf8.count > limit { break }
      body += line
      shown += 1
    }
    return (body, shown)
  }

  private func page(_ body: String, shown: Int) -> String {
    let classes = [hidesDetails ? "brief" : "", hasExtra ? "short" : ""].filter { !$0.isEmpty }
    let names = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    return controls + "<div class=\"wide\"><table id=\"\(id)\"\(names)>\n" + head
      + "<tbody>\n\(body)</tbody></table></div>\n" + note(shown: shown) + links
  }

  private var hasExtra: Bool { columns.contains(where: \.isExtra) }

  private var head: String {
    let cells = columns.map { column in
      let summary = column.summary.isEmpty ? "" : " title=\"\(Escaping.markup(column.summary))\""
      return """
        <th scope="col"\(column.headClasses)\(summary)><button type="button">\(column.head)\
        </button></th>
        """
    }
    return "<thead><tr>\(cells.joined())</tr></thead>\n"
  }

  private func line(_ row: [ResultTable.Cell]) -> String {
    let isOpen = row.contains { $0.measured?.isConverged == false }
    return "<tr\(isOpen ? " class=\"open\"" : "")>" + columns.map { $0.cell(row) }.joined()
      + "</tr>\n"
  }

  private var controls: String {
    let isLong = source.table.rows.count > 3
    guard isLong || hasExtra else { return "" }
    let hasOpen = source.table.rows.contains { $0.contains { $0.measured?.isConverged == false } }
    var text = "<div class=\"controls\" data-table=\"\(id)\">"
    if isLong {
      text +=
        "<input type=\"search\" class=\"filter\" placeholder=\"Filter rows\" "
        + "aria-label=\"Filter the rows of this table\">"
    }
    if hasOpen && isLong {
      text += "<label><input type=\"checkbox\" class=\"only-open\"> not converged only</label>"
    }
    if columns.contains(where: \.isDetail) {
      text +=
        "<label><input type=\"checkbox\" class=\"details\"\(hidesDetails ? "" : " checked")>"
        + " τ and ESS</label>"
    }
    if hasExtra {
      let count = source.table.columns.count
      text += "<label><input type=\"checkbox\" class=\"all\"> all \(count) columns</label>"
    }
    return text + "<span class=\"count\" aria-live=\"polite\"></span></div>\n"
  }

  private func note(shown: Int) -> String {
    let rows = source.table.rows
    var notes: [String] = []
    if rows.isEmpty { notes.append("No rows.") }
    if rows.prefix(shown).contains(where: { $0.contains { $0.measured?.isConverged == false } }) {
      notes.append(HTMLColumn.mark + " not converged.")
    }
    if shown < rows.count {
      let all = source.tsv.map { " All are in <a href=\"\(link($0))\">\(Escaping.markup($0))</a>." }
      notes.append("The first \(shown) of \(rows.count) rows are shown.\(all ?? "")")
    }
    let shownColumns = columns.count { column in
      if case .cell = column.content { true } else { false }
    }
    let missing = source.table.columns.count - shownColumns
    if missing > 0 {
      let place = source.tsv.map { " in <a href=\"\(link($0))\">\(Escaping.markup($0))</a>" }
      notes.append("\(missing) more columns are\(place ?? " not shown").")
    }
    return notes.isEmpty ? "" : "<p class=\"note\">\(notes.joined(separator: " "))</p>\n"
  }

  private var links: String {
    let files = [("TSV", source.tsv), ("JSON", source.json), ("LaTeX", source.latex)]
    let anchors = files.compactMap { name, file in
      file.map { "<a href=\"\(link($0))\">\(name)</a>" }
    }
    return anchors.isEmpty ? "" : "<p class=\"files\">\(anchors.joined(separator: " · "))</p>\n"
  }
}

/// The address of a file beside the report.
func link(_ file: String) -> String {
  var result = ""
  for byte in file.utf8 {
    let scalar = UnicodeScalar(byte)
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/": result.unicodeScalars.append(scalar)
    default:
      let code = String(byte, radix: 16, uppercase: true)
      result += "%" + (code.count < 2 ? "0" : "") + code
    }
  }
  // A colon before the first slash is encoded above, so a name can never become a scheme.
  return result
}
