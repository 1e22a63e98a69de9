extension ResultTable {
  /// Tab-separated values in full precision with one header line, for programs.
  ///
  /// A measured column `y` spreads over `y`, `y_error`, `y_tau`, `y_tau_error`, `y_ess`,
  /// `y_converged` and `y_artifact`, as far as any row has them. Missing entries are empty, numbers
  /// that are none `nan`, `inf`, `-inf`. Tabs and line ends within texts become spaces.
  public func tabSeparated() -> String {
    let fields = columns.indices.map { delimitedFields(ofColumn: $0) }
    var result = fields.joined().map(\.name).joined(separator: "\t") + "\n"
    for row in rows {
      let line = zip(row, fields).flatMap { cell, fields in fields.map { $0.text(cell) } }
      result += line.joined(separator: "\t") + "\n"
    }
    return result
  }

  private func delimitedFields(ofColumn index: Int) -> [DelimitedField] {
    let name = Escaping.tsv(columns[index].name)
    let facts = DetailColumns(of: index, in: self)
    func number(_ suffix: String, _ value: @escaping (MeasuredValue) -> Double?) -> DelimitedField {
      DelimitedField(name: name + suffix) { $0.measured.flatMap(value).map(exactText) ?? "" }
    }
    var fields = [DelimitedField(name: name, text: exactText)]
    if facts.error { fields.append(number("_error", \.error)) }
    if facts.autocorrelationTime { fields.append(number("_tau", \.autocorrelationTime)) }
    if facts.autocorrelationTimeError {
      fields.append(number("_tau_error", \.autocorrelationTimeError))
    }
    if facts.effectiveSamples { fields.append(number("_ess", \.effectiveSamples)) }
    if facts.convergence {
      fields.append(
        DelimitedField(name: name + "_converged") {
          $0.measured?.isConverged.map { $0 ? "yes" : "no" } ?? ""
        })
    }
    if facts.artifact {
      fields.append(DelimitedField(name: name + "_artifact") { Escaping.tsv($0.artifact ?? "") })
    }
    return fields
  }
}

private struct DelimitedField {
  let name: String
  let text: (ResultTable.Cell) -> String
}

/// A number with all its digits; the shortest text that reads back as the same `Double`.
func exactText(_ value: Double) -> String {
  value.isFinite ? value.description : NonFinite.name(of: value)
}

private func exactText(_ cell: ResultTable.Cell) -> String {
  switch cell {
  case .missing: ""
  case .text(let text): Escaping.tsv(text)
  case .integer(let value): String(value)
  case .number(let value): exactText(value)
  case .measured(let measured): exactText(measured.value)
  }
}
