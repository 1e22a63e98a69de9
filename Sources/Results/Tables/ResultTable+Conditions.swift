internal import Manifest
internal import Reporting
internal import Values

/// A table does not have the column that a condition names.
struct MissingColumn: Error {
  let name: String
  let available: [String]
}

extension ResultTable {
  /// The rows that fulfil the conditions of a figure or table.
  func satisfying(_ conditions: Record) throws(MissingColumn) -> ResultTable {
    var places: [(place: Int, value: Value)] = []
    for (name, value) in conditions.elements {
      guard let place = index(ofColumn: name) else {
        throw MissingColumn(name: name, available: columns.map(\.name))
      }
      places.append((place, value))
    }
    return filtered { row in places.allSatisfy { row[$0.place].holds($0.value) } }
  }
}

extension ResultTable {
  /// Columns that hold anything at all.
  var filledColumns: [String] {
    columns.indices.filter { place in rows.contains { $0[place] != .missing } }
      .map { columns[$0].name }
  }
}

extension ResultTable.Cell {
  /// Numbers compare as numbers, everything else by its spelling.
  func holds(_ value: Value) -> Bool {
    if let number, let wanted = value.number { return number == wanted }
    return plainText == value.spelling
  }
}
