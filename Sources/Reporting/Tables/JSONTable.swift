internal import Values

extension ResultTable {
  /// The table as JSON: `{"table", "title", "columns": [{"name","label","unit","summary"}],
  /// "rows": [{column: cell}]}`.
  ///
  /// A measured cell is `{"value","error","tau","tauError","effectiveSamples","converged",
  /// "doubts","artifact"}` with what is unknown left out. Missing cells are `null`; numbers that are none
  /// are the strings `"nan"`, `"inf"`, `"-inf"`, for JSON has no such numbers.
  public func json() -> String {
    tree.rendered() + "\n"
  }

  var tree: TableJSON {
    .object([
      ("table", .text(name)),
      ("title", .text(title)),
      (
        "columns",
        .array(
          columns.map { column in
            .object([
              ("name", .text(column.name)), ("label", .text(column.label)),
              ("unit", .text(column.unit)), ("summary", .text(column.summary)),
            ])
          })
      ),
      (
        "rows",
        .array(rows.map { row in .object(zip(columns, row).map { ($0.name, $1.tree) }) })
      ),
    ])
  }
}

extension ResultTable.Cell {
  var tree: TableJSON {
    switch self {
    case .missing: .value(.null)
    case .text(let text): .text(text)
    case .integer(let value): .value(.integer(value))
    case .number(let value): .number(value)
    case .measured(let measured): measured.tree
    }
  }
}

extension MeasuredValue {
  var tree: TableJSON {
    var members: [(String, TableJSON)] = [("value", .number(value))]
    if let error { members.append(("error", .number(error))) }
    if let autocorrelationTime { members.append(("tau", .number(autocorrelationTime))) }
    if let autocorrelationTimeError {
      members.append(("tauError", .number(autocorrelationTimeError)))
    }
    if let effectiveSamples { members.append(("effectiveSamples", .number(effectiveSamples))) }
    if let isConverged { members.append(("converged", .value(.boolean(isConverged)))) }
    if !doubts.isEmpty { members.append(("doubts", .text(doubts))) }
    if let artifact { members.append(("artifact", .text(artifact))) }
    return .object(members)
  }
}
