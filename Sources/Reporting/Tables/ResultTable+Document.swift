extension ResultTable {
  /// A Markdown table (pipe syntax) with values in `value(error)` notation; values that have not
  /// converged are followed by `?`.
  public func markdown() -> String {
    let texts = columns.indices.map { isTextColumn($0) }
    var lines = [
      columns.map { Escaping.markdown(MathText($0.label).plain) + plainUnit(of: $0) },
      texts.map { $0 ? "---" : "---:" },
    ]
    lines += rows.map { row in
      row.map { cell in
        Escaping.markdown(cell.plainText)
          + (cell.measured?.isConverged == false ? Self.notConvergedMark : "")
      }
    }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// Whether a column holds no numbers, so that it is aligned to the left.
  func isTextColumn(_ index: Int) -> Bool {
    !rows.contains { $0[index].number != nil }
  }

  private func plainUnit(of column: Column) -> String {
    column.unit.isEmpty ? "" : " (" + Escaping.markdown(MathText(column.unit).plain) + ")"
  }
}
