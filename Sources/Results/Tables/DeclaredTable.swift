package import Manifest
package import Reporting

/// A table that the manifest declares, out of the whole tables of its stages.
package struct DeclaredTable {
  let choice: TableChoice
  /// The choice's title with its placeholders filled.
  let title: String
  let figures: [Figure]
  /// The tables of the stages that have results.
  let tables: [ResultTable]
  let labels: ResultLabels

  package init(
    choice: TableChoice, title: String, figures: [Figure], tables: [ResultTable],
    labels: ResultLabels
  ) {
    self.choice = choice
    self.title = title
    self.figures = figures
    self.tables = tables
    self.labels = labels
  }

  package func build() throws(TableError) -> ResultTable {
    var parts: [ResultTable] = []
    for source in choice.sources { parts.append(try part(source)) }
    guard var joined = parts.count == 1 ? parts.first : Self.stacked(parts, choice) else {
      throw .emptySelection(table: choice.name, reason: "it names no stage")
    }
    joined.name = choice.name
    joined.title = title
    for place in joined.columns.indices {
      guard let name = choice.givenName(of: joined.columns[place].name) else { continue }
      joined.columns[place].label = name
    }
    return joined
  }

  /// The chosen columns and rows of one stage.
  private func part(_ source: String) throws(TableError) -> ResultTable {
    guard let table = tables.first(where: { $0.name == source }) else {
      throw .noResults(table: choice.name, stage: source)
    }
    let rows = try rows(of: table)
    guard !rows.rows.isEmpty else {
      throw .emptySelection(
        table: choice.name,
        reason: "none of the \(table.rows.count) points of `\(source)` fulfils its conditions")
    }
    guard !choice.shown.isEmpty else { return MainColumns(rows, figures: figures).chosen }
    var columns: [(column: ResultTable.Column, cells: [ResultTable.Cell])] = []
    for name in choice.shown {
      if let place = rows.index(ofColumn: name) {
        columns.append((rows.columns[place], rows.rows.map { $0[place] }))
      } else if let fact = fact(name, of: rows) {
        columns.append(fact)
      } else if choice.sources.count < 2 || !tables.contains(where: { has(name, $0) }) {
        throw .missingColumn(
          table: choice.name, column: name, available: table.columns.map(\.name))
      }
    }
    return ResultTable(
      name: source, columns: columns.map(\.column),
      rows: rows.rows.indices.map { row in columns.map { $0.cells[row] } })
  }

  private func rows(of table: ResultTable) throws(TableError) -> ResultTable {
    do throws(MissingColumn) {
      return try table.satisfying(choice.conditions)
        .averaged(over: choice.averaged, spreads: choice.shown)
    } catch {
      throw .missingColumn(table: choice.name, column: error.name, available: error.available)
    }
  }

  /// Beside others a stage may lack a column: exact chains have no `model`.
  private func has(_ name: String, _ table: ResultTable) -> Bool {
    choice.sources.contains(table.name)
      && (table.index(ofColumn: name) != nil || fact(name, of: table) != nil)
  }

  /// `energy.effectiveSamples` and `energy.converged`, which stand beside the value.
  private func fact(
    _ name: String, of table: ResultTable
  ) -> (column: ResultTable.Column, cells: [ResultTable.Cell])? {
    guard let point = name.lastIndex(of: "."),
      let place = table.index(ofColumn: String(name[..<point]))
    else { return nil }
    let values = table.rows.map { $0[place].measured }
    let cells: [ResultTable.Cell]
    switch name[name.index(after: point)...] {
    case "effectiveSamples":
      cells = values.map { value in
        value?.effectiveSamples.map { ResultTable.Cell.number($0) } ?? .missing
      }
    case "converged":
      cells = values.map { value in
        value?.isConverged.map { ResultTable.Cell.text($0 ? "yes" : "no") } ?? .missing
      }
    default: return nil
    }
    return (ResultTable.Column(name, label: labels.symbol(name)), cells)
  }

  /// One below the other, each row with the name of its stage in front.
  private static func stacked(_ parts: [ResultTable], _ choice: TableChoice) -> ResultTable? {
    let named = parts.map { part in
      ResultTable(
        name: part.name, columns: [ResultTable.Column("stage", label: "")] + part.columns,
        rows: part.rows.map { [.text(choice.givenName(of: part.name) ?? part.name)] + $0 })
    }
    guard var joined = ResultTable.joining(named, group: nil), !choice.shown.isEmpty else {
      return ResultTable.joining(named, group: nil)
    }
    let order = ["stage"] + choice.shown
    joined = joined.choosing(columns: order.compactMap { joined.index(ofColumn: $0) })
    return joined
  }
}
