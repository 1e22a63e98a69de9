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

  /// A LaTeX `tabular` with rules of the `booktabs` package; values that have not converged carry
  /// an asterisk, explained in a comment.
  public func latex() -> String {
    let alignment = columns.indices.map { isTextColumn($0) ? "l" : "r" }.joined()
    let header = columns.map { MathText($0.label).latex + latexUnit(of: $0) }
    var text = "% Needs \\usepackage{booktabs}.\n"
    if !title.isEmpty { text += "% \(Escaping.tsv(title))\n" }
    if rows.contains(where: { $0.contains { $0.measured?.isConverged == false } }) {
      text += "% An asterisk marks values that have not converged.\n"
    }
    text += "\\begin{tabular}{\(alignment)}\n\\toprule\n"
    text += header.joined(separator: " & ") + " \\\\\n\\midrule\n"
    for row in rows { text += row.map(\.latex).joined(separator: " & ") + " \\\\\n" }
    return text + "\\bottomrule\n\\end{tabular}\n"
  }

  /// Whether a column holds no numbers, so that it is aligned to the left.
  func isTextColumn(_ index: Int) -> Bool {
    !rows.contains { $0[index].number != nil }
  }

  private func plainUnit(of column: Column) -> String {
    column.unit.isEmpty ? "" : " (" + Escaping.markdown(MathText(column.unit).plain) + ")"
  }

  private func latexUnit(of column: Column) -> String {
    column.unit.isEmpty ? "" : " (" + MathText(column.unit).latex + ")"
  }
}

extension ResultTable.Cell {
  fileprivate var latex: String {
    switch self {
    case .missing: ""
    case .text(let text): Escaping.latex(text)
    case .integer(let value): "$\(value)$"
    case .number(let value): ValueNotation(value).latex
    case .measured(let measured):
      measured.notation.latex + (measured.isConverged == false ? "\\rlap{$^{*}$}" : "")
    }
  }
}
