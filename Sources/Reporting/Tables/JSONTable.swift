extension ResultTable {
  /// The table as JSON: `{"table", "title", "columns": [{"name","label","unit","summary"}],
  /// "rows": [{column: cell}]}`.
  ///
  /// A measured cell is `{"value","error","tau","tauError","effectiveSamples","converged",
  /// "doubts","artifact"}` with what is unknown left out. Missing cells are `null`; numbers that are none
  /// are the strings `"nan"`, `"inf"`, `"-inf"`, for JSON has no such numbers.
  public func json() -> String {
    jsonText.rendered() + "\n"
  }

  var jsonText: JSONText {
    .object([
      ("table", .string(name)),
      ("title", .string(title)),
      (
        "columns",
        .array(
          columns.map { column in
            .object([
              ("name", .string(column.name)), ("label", .string(column.label)),
              ("unit", .string(column.unit)), ("summary", .string(column.summary)),
            ])
          })
      ),
      (
        "rows",
        .array(rows.map { row in .object(zip(columns, row).map { ($0.name, $1.jsonText) }) })
      ),
    ])
  }
}

extension ResultTable.Cell {
  var jsonText: JSONText {
    switch self {
    case .missing: .null
    case .text(let text): .string(text)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .measured(let measured): measured.jsonText
    }
  }
}

extension MeasuredValue {
  var jsonText: JSONText {
    var members: [(String, JSONText)] = [("value", .number(value))]
    if let error { members.append(("error", .number(error))) }
    if let autocorrelationTime { members.append(("tau", .number(autocorrelationTime))) }
    if let autocorrelationTimeError {
      members.append(("tauError", .number(autocorrelationTimeError)))
    }
    if let effectiveSamples { members.append(("effectiveSamples", .number(effectiveSamples))) }
    if let isConverged { members.append(("converged", .boolean(isConverged))) }
    if !doubts.isEmpty { members.append(("doubts", .string(doubts))) }
    if let artifact { members.append(("artifact", .string(artifact))) }
    return .object(members)
  }
}
