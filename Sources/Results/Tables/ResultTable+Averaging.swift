internal import Reporting

extension ResultTable {
  /// The table in which points that differ only in these parameters are one, with the mean of their
  /// results and an error that includes how they spread.
  ///
  /// - Parameter spreads: of `NAME.spread` among these the column gets a companion with the standard
  ///   deviation over the points.
  func averaged(over parameters: [String], spreads: [String]) -> ResultTable {
    let merged = Set(parameters.compactMap(index))
    guard !merged.isEmpty else { return self }
    let kept = columns.indices.filter { !merged.contains($0) }
    let circumstances = kept.filter { !isMeasured($0) }
    let spreading = kept.filter { spreads.contains(columns[$0].name + Self.spreadSuffix) }
    var order: [[Cell]] = []
    var groups: [[Cell]: [[Cell]]] = [:]
    for row in rows {
      let key = circumstances.map { row[$0] }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    var result = ResultTable(
      name: name, title: title,
      columns: kept.map { columns[$0] } + spreading.map { Self.spreadColumn(of: columns[$0]) })
    for key in order {
      let points = groups[key] ?? []
      let cells = kept.map { place in
        isMeasured(place) ? Self.mean(points, place) { $0.value } : points[0][place]
      }
      let spreads = spreading.map { Self.mean(points, $0) { MeasuredValue($0.spread) } }
      result.append(cells + spreads)
    }
    return result
  }

  /// One number of the mean over points in a column; missing where no point has a value.
  private static func mean(
    _ points: [[Cell]], _ column: Int, _ number: (MeanOverPoints) -> MeasuredValue
  ) -> Cell {
    MeanOverPoints(points.compactMap { $0[column].measured }).map { .measured(number($0)) }
      ?? .missing
  }

  static let spreadSuffix = ".spread"

  private static func spreadColumn(of column: Column) -> Column {
    Column(
      column.name + spreadSuffix, label: "spread of \(column.label)", unit: column.unit,
      summary: "standard deviation over the points that became one")
  }
}
