/// One point to be drawn.
struct FigurePoint: Hashable {
  var x: Double
  var xError: Double?
  var y: Double
  var yError: Double?
  var isConverged: Bool
  var artifact: String
  var category: String?
}

/// The points of one group.
struct FigureSeries: Hashable {
  /// The text of the group's cell, empty without groups.
  var key: String
  /// The group as a number, if it is one.
  var number: Double?
  var points: [FigurePoint]
}

/// What a specification selects from a table.
struct FigureData: Hashable {
  var series: [FigureSeries] = []
  /// The names along a categorical x axis, in the order of first appearance; nil for numbers.
  var categories: [String]?
  /// Remarks for the reader on what was left out or is doubtful.
  var warnings: [String] = []

  var points: [FigurePoint] { series.flatMap(\.points) }
}

extension FigureData {
  /// Selects the points; throws when a column is missing or nothing can be drawn.
  init(_ specification: FigureSpecification, from table: ResultTable) throws(FigureError) {
    let name = specification.name
    func index(_ column: String) throws(FigureError) -> Int {
      guard let index = table.index(ofColumn: column) else {
        throw .missingColumn(
          figure: name, column: column, available: table.columns.map(\.name))
      }
      return index
    }
    let x = try index(specification.x.column)
    let y = try index(specification.y.column)
    let group: Int? =
      if let column = specification.group { try index(column) } else { nil }
    guard !table.rows.isEmpty else {
      throw .emptySelection(figure: name, reason: "the selection has no rows")
    }
    if table.rows.contains(where: { if case .text = $0[x] { true } else { false } }) {
      guard !specification.x.isLogarithmic else {
        throw .badAxis(
          figure: name,
          reason: "column '\(specification.x.column)' holds names, which have no logarithm")
      }
      categories = []
    }
    collect(table, x: x, y: y, group: group, specification)
    guard !series.isEmpty else {
      throw .emptySelection(
        figure: name,
        reason:
          "none of \(table.rows.count) rows can be drawn (\(warnings.joined(separator: "; ")))")
    }
    arrange()
    remarkOnConvergence()
  }

  private mutating func collect(
    _ table: ResultTable, x: Int, y: Int, group: Int?, _ specification: FigureSpecification
  ) {
    var places: [String: Int] = [:]
    var unusable = 0
    var nonPositive = 0
    for row in table.rows {
      guard let point = point(row, x: x, y: y) else {
        unusable += 1
        continue
      }
      guard !(specification.x.isLogarithmic && point.x <= 0),
        !(specification.y.isLogarithmic && point.y <= 0)
      else {
        nonPositive += 1
        continue
      }
      let key = group.map { row[$0].plainText } ?? ""
      let place = places[key] ?? series.count
      places[key] = place
      if place == series.count {
        series.append(FigureSeries(key: key, number: group.flatMap { row[$0].number }, points: []))
      }
      series[place].points.append(point)
    }
    if unusable > 0 { warnings.append(counted(unusable, "row without a finite value left out")) }
    if nonPositive > 0 {
      warnings.append(counted(nonPositive, "row not positive on a logarithmic axis left out"))
    }
  }

  private mutating func point(_ row: [ResultTable.Cell], x: Int, y: Int) -> FigurePoint? {
    guard let value = row[y].number, value.isFinite else { return nil }
    let measured = row[y].measured
    var point = FigurePoint(
      x: 0, xError: row[x].measured?.error.flatMap(finite), y: value,
      yError: measured?.error.flatMap(finite), isConverged: measured?.isConverged ?? true,
      artifact: measured?.artifact ?? row.lazy.compactMap(\.artifact).first ?? "")
    if let names = categories {
      let text = row[x].plainText
      guard !text.isEmpty else { return nil }
      let place = names.firstIndex(of: text) ?? names.count
      if place == names.count { categories?.append(text) }
      point.x = Double(place)
      point.category = text
    } else {
      guard let number = row[x].number, number.isFinite else { return nil }
      point.x = number
    }
    return point
  }

  /// Puts points in the order of x, groups in that of their numbers with words after them, and sets the
  /// points of several groups side by side within a category.
  private mutating func arrange() {
    series = stablySorted(series) { ($0.number ?? .infinity) < ($1.number ?? .infinity) }
    for index in series.indices {
      series[index].points = stablySorted(series[index].points) { $0.x < $1.x }
      guard categories != nil, series.count > 1 else { continue }
      let step = min(0.14, 0.7 / Double(series.count))
      let shift = (Double(index) - Double(series.count - 1) / 2) * step
      for place in series[index].points.indices { series[index].points[place].x += shift }
    }
  }

  private mutating func remarkOnConvergence() {
    let all = points
    let open = all.count { !$0.isConverged }
    guard open > 0 else { return }
    warnings.append("\(open) of \(all.count) points not converged (drawn hollow)")
  }
}

private func finite(_ error: Double) -> Double? {
  error.isFinite && error > 0 ? error : nil
}

private func counted(_ count: Int, _ what: String) -> String {
  let words = what.split(separator: " ", maxSplits: 1)
  return "\(count) \(words[0])\(count == 1 ? "" : "s") \(words[1])"
}

/// A sort that keeps the order of equals, which `sort` does not promise.
func stablySorted<Element>(
  _ elements: [Element], by precedes: (Element, Element) -> Bool
) -> [Element] {
  elements.enumerated().sorted {
    precedes($0.element, $1.element)
      || (!precedes($1.element, $0.element) && $0.offset < $1.offset)
  }.map(\.element)
}
