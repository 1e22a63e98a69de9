internal import Reporting

extension ResultTable {
  /// The rows of several stages in one table. What a stage does not have is missing in its rows, but
  /// the column that tells series apart names the stage there: exact chains have no `model`.
  static func joining(_ tables: [ResultTable], group: String?) -> ResultTable? {
    guard let first = tables.first, tables.count > 1 else { return tables.first }
    var columns: [Column] = []
    for column in tables.flatMap(\.columns)
    where !columns.contains(where: { $0.name == column.name }) {
      columns.append(column)
    }
    var joined = ResultTable(
      name: tables.map(\.name).joined(separator: "-"), title: first.title, columns: columns)
    for table in tables {
      let places = columns.map { table.index(ofColumn: $0.name) }
      for row in table.rows {
        joined.append(
          zip(columns, places).map { column, place in
            place.map { row[$0] } ?? (column.name == group ? .text(table.name) : .missing)
          })
      }
    }
    return joined
  }
}
