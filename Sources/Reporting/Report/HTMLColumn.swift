/// A column of an HTML table: one of the result's columns, or a fact that accompanies it.
struct HTMLColumn {
  enum Content {
    case cell(Int)
    case autocorrelationTime(Int)
    case effectiveSamples(Int)
    /// The artifact keys of the row.
    case artifact
  }

  /// The hollow ring behind a value that has not converged.
  static let mark = mark("")

  /// The same with the reason for whoever points at it.
  static func mark(_ doubts: String) -> String {
    let title = doubts.isEmpty ? "" : " title=\"\(Escaping.markup(shortened(doubts, to: 200)))\""
    return "<span class=\"mark\" role=\"img\" aria-label=\"not converged\"\(title)></span>"
  }

  let content: Content
  let head: String
  let summary: String
  let isText: Bool
  /// Whether the head may break into lines.
  var hasLongHead = false
  /// Whether the column is shown only when all are asked for.
  var isExtra = false

  var isDetail: Bool {
    switch content {
    case .autocorrelationTime, .effectiveSamples: true
    case .cell, .artifact: false
    }
  }

  /// Texts of more characters than this may break into lines.
  private static let longText = 28
  private static let longHead = 18

  var headClasses: String { classes(isLong: hasLongHead) }

  private func classes(isLong: Bool) -> String {
    let names = [
      isDetail ? "detail" : isText ? "text" : "", isLong ? "long" : "", isExtra ? "extra" : "",
    ].filter { !$0.isEmpty }
    return names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
  }

  static func columns(of table: ResultTable, main: Set<String>? = nil) -> [HTMLColumn] {
    var result: [HTMLColumn] = []
    var hasArtifacts = false
    for (index, column) in table.columns.enumerated() {
      let first = result.count
      let unit =
        column.unit.isEmpty ? "" : " <span class=\"unit\">[\(MathText(column.unit).html)]</span>"
      result.append(
        .init(
          content: .cell(index), head: MathText(column.label).html + unit, summary: column.summary,
          isText: table.isTextColumn(index)))
      let facts = DetailColumns(of: index, in: table)
      hasArtifacts = hasArtifacts || facts.artifact
      let words = MathText(column.label).plain + column.unit
      result[first].hasLongHead = words.count > Self.longHead
      if facts.autocorrelationTime {
        result.append(
          .init(
            content: .autocorrelationTime(index), head: "<i>τ</i><sub>int</sub>",
            summary: "Integrated autocorrelation time of \(column.name)", isText: false))
      }
      if facts.effectiveSamples {
        result.append(
          .init(
            content: .effectiveSamples(index), head: "ESS",
            summary: "Effective number of independent samples of \(column.name)", isText: false))
      }
      if let main, !main.contains(column.name) {
        for place in first..<result.count { result[place].isExtra = true }
      }
    }
    if hasArtifacts {
      result.append(
        .init(
          content: .artifact, head: "artifact", summary: "Keys of the artifacts behind the row",
          isText: true))
    }
    return result
  }

  /// One table cell. The number to sort by is given where the text does not start with it.
  func cell(_ row: [ResultTable.Cell]) -> String {
    switch content {
    case .cell(let index):
      let cell = row[index]
      let mark =
        cell.measured.flatMap { $0.isConverged == false ? Self.mark($0.doubts) : nil } ?? ""
      let isLong = isText && cell.plainText.count > Self.longText
      return element(number: cell.number, isLong: isLong, html(cell) + mark)
    case .autocorrelationTime(let index):
      let measured = row[index].measured
      return element(
        number: measured?.autocorrelationTime, measured?.autocorrelationTimeNotation?.html ?? "")
    case .effectiveSamples(let index):
      let samples = row[index].measured?.effectiveSamples
      return element(number: samples, samples.map { ValueNotation($0, digits: 3).html } ?? "")
    case .artifact:
      let keys = row.compactMap(\.artifact).reduce(into: [String]()) { keys, key in
        if !keys.contains(key) { keys.append(key) }
      }
      let shown = keys.prefix(3).map { "<code>\(Escaping.markup($0.prefix(12)))</code>" }
      return element(
        number: nil, shown.joined(separator: " ") + (keys.count > 3 ? " …" : ""))
    }
  }

  private func html(_ cell: ResultTable.Cell) -> String {
    switch cell {
    case .missing: ""
    case .text(let text):
      // The words of a comparison carry their colour wherever they stand.
      BaselineComparison.Outcome(rawValue: text) != nil
        ? "<span class=\"\(text)\">\(text)</span>" : Escaping.markup(shortened(text, to: 400))
    case .integer(let value): value < 0 ? "\u{2212}\(value.magnitude)" : String(value)
    case .number(let value): ValueNotation(value).html
    case .measured(let measured): measured.notation.html
    }
  }

  private func element(number: Double?, isLong: Bool = false, _ html: String) -> String {
    let sortKey = number.map { $0.isFinite ? " data-v=\"\(exactText($0))\"" : "" } ?? ""
    return "<td\(classes(isLong: isLong))\(sortKey)>\(html)</td>"
  }
}
