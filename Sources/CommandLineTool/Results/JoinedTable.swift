internal import Manifest
internal import Reporting
internal import Values

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

  /// The rows that fulfil a figure's conditions; throws the name of a column that there is not.
  func satisfying(_ conditions: Record, figure: String) throws(FigureError) -> ResultTable {
    var places: [(place: Int, value: Value)] = []
    for (name, value) in conditions.elements {
      guard let place = index(ofColumn: name) else {
        throw .missingColumn(figure: figure, column: name, available: columns.map(\.name))
      }
      places.append((place, value))
    }
    return filtered { row in places.allSatisfy { row[$0.place].holds($0.value) } }
  }
}

extension ResultTable.Cell {
  /// Numbers compare as numbers, everything else by its spelling.
  fileprivate func holds(_ value: Value) -> Bool {
    if let number, let wanted = value.number { return number == wanted }
    return plainText == value.spelling
  }
}
