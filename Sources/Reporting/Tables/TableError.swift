/// Why a table could not be made as it was asked for. Each fails by itself; the others are written.
public enum TableError: Error, Sendable, Hashable, CustomStringConvertible {
  case missingColumn(table: String, column: String, available: [String])
  case emptySelection(table: String, reason: String)
  /// Nothing is wrong unless all jobs of the stage are done: a run makes them.
  case noResults(table: String, stage: String)

  /// One sentence that names the table and what to do.
  public var description: String {
    switch self {
    case .missingColumn(let table, let column, let available):
      "table '\(table)': there is no column '\(column)'" + closest(to: column, among: available)
    case .emptySelection(let table, let reason):
      "table '\(table)': nothing to show: \(reason)"
    case .noResults(let table, let stage):
      "table '\(table)': stage `\(stage)` has no results"
    }
  }
}
