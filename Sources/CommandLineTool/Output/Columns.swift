/// Rows of text in columns that line up, for lists that are not results.
struct Columns {
  private var rows: [[String]] = []
  /// Columns whose text stands at the right, as numbers do.
  let right: Set<Int>

  init(right: Set<Int> = []) { self.right = right }

  mutating func append(_ row: String...) { rows.append(row) }

  /// The rows with two blanks between columns, and `indent` before the first.
  func text(indent: String = "") -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        if right.contains(column) { return space + text }
        return column == row.count - 1 ? text : text + space
      }
      return indent + cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
