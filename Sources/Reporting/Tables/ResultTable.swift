/// A table of results: a value that can be printed on a terminal, written as TSV, JSON, Markdown
/// or LaTeX, drawn by a `FigureSpecification`, or put into a report.
public struct ResultTable: Sendable, Hashable {
  /// What one column holds.
  public struct Column: Sendable, Hashable {
    /// The name by which figures and files refer to the column, such as `system.temperature`.
    public var name: String
    /// How a reader sees it: text with TeX-like mathematics between dollars, `$|M_{st}|$`.
    public var label: String
    /// The unit, empty for pure numbers; the same markup.
    public var unit: String
    /// One sentence for the reader who asks what this is.
    public var summary: String
    /// Whether it is among the few that a reader wants first.
    public var isMain: Bool

    /// A column; the label is the name unless one is given.
    public init(
      _ name: String, label: String? = nil, unit: String = "", summary: String = "",
      isMain: Bool = false
    ) {
      self.name = name
      self.label = label ?? name
      self.unit = unit
      self.summary = summary
      self.isMain = isMain
    }
  }

  /// One entry.
  public enum Cell: Sendable, Hashable {
    case missing
    case text(String)
    case integer(Int)
    case number(Double)
    case measured(MeasuredValue)
  }

  /// The stem of the table's file names.
  public var name: String
  /// The heading.
  public var title: String
  /// What the columns hold, from left to right.
  public var columns: [Column]
  /// The rows, each with one cell per column.
  public private(set) var rows: [[Cell]]

  /// A table; each row must have one cell per column.
  public init(name: String, title: String = "", columns: [Column], rows: [[Cell]] = []) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = []
    self.rows.reserveCapacity(rows.count)
    for row in rows { append(row) }
  }

  /// Appends a row of one cell per column.
  public mutating func append(_ row: [Cell]) {
    precondition(
      row.count == columns.count, "table \(name): \(row.count) cells for \(columns.count) columns")
    rows.append(row)
  }

  /// The index of the column of that name.
  public func index(ofColumn name: String) -> Int? {
    columns.firstIndex { $0.name == name }
  }

  /// The table with the columns at these places, in this order.
  public func choosing(columns places: [Int]) -> ResultTable {
    ResultTable(
      name: name, title: title, columns: places.map { columns[$0] },
      rows: rows.map { row in places.map { row[$0] } })
  }

  /// Whether a column holds measured values anywhere.
  public func isMeasured(_ column: Int) -> Bool {
    rows.contains { $0[column].measured != nil }
  }

  /// The table restricted to the rows that satisfy a condition.
  public func filtered(_ isIncluded: ([Cell]) -> Bool) -> ResultTable {
    var result = self
    result.rows = rows.filter(isIncluded)
    return result
  }
}

extension ResultTable.Cell {
  /// The measured value, if the cell holds one.
  public var measured: MeasuredValue? {
    if case .measured(let value) = self { value } else { nil }
  }

  /// The cell as a number, nil for text and missing cells.
  public var number: Double? {
    switch self {
    case .missing, .text: nil
    case .integer(let value): Double(value)
    case .number(let value): value
    case .measured(let measured): measured.value
    }
  }

  /// The key of the artifact behind the cell.
  public var artifact: String? { measured?.artifact }

  /// The cell as a reader sees it, without convergence mark.
  public var plainText: String {
    switch self {
    case .missing: ""
    case .text(let text): text
    case .integer(let value): String(value)
    case .number(let value): ValueNotation(value).plainText
    case .measured(let measured): measured.notation.plainText
    }
  }
}
