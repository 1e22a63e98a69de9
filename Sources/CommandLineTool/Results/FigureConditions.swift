internal import Manifest
internal import Reporting
internal import Values

extension ResultTable {
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
  func holds(_ value: Value) -> Bool {
    if let number, let wanted = value.number { return number == wanted }
    return plainText == value.spelling
  }
}
