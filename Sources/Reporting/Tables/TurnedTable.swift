/// A table with more results than a screen is wide, turned on its side: a line per result, a column
/// per point, as many points side by side as fit.
package struct TurnedTable {
  let table: ResultTable
  let width: Int
  /// More blocks than this are no longer read but searched.
  static let mostBlocks = 4

  package init(table: ResultTable, width: Int) {
    self.table = table
    self.width = width
  }

  /// nil when it would be longer than a person reads.
  package var text: String? {
    var blocks: [String] = []
    var rest = table.rows[...]
    while !rest.isEmpty {
      guard blocks.count < Self.mostBlocks else { return nil }
      var count = 1
      var block = text(of: rest.prefix(1))
      while count < rest.count {
        let wider = text(of: rest.prefix(count + 1))
        guard wider.split(separator: "\n").allSatisfy({ $0.count <= width }) else { break }
        count += 1
        block = wider
      }
      blocks.append(block)
      rest = rest.dropFirst(count)
    }
    return blocks.joined(separator: "\n")
  }

  private func text(of points: ArraySlice<[ResultTable.Cell]>) -> String {
    let isResult = table.columns.indices.map { column in
      table.rows.contains { $0[column].measured != nil }
    }
    let heads = points.map { row in
      let values = table.columns.indices.filter { !isResult[$0] }.map { column in
        "\(shortName(table.columns[column].name))=\(row[column].plainText)"
      }
      return values.isEmpty ? "value" : values.joined(separator: " ")
    }
    var turned = ResultTable(
      name: table.name, columns: ([""] + heads).map { ResultTable.Column($0) })
    for (index, column) in table.columns.enumerated()
    where isResult[index] && !column.name.hasSuffix(".tau") {
      let unit = column.unit.isEmpty ? "" : " [\(column.unit)]"
      turned.append([.text(column.name + unit)] + points.map { withoutSampleSize($0[index]) })
    }
    return turned.plainText(details: true)
  }

  private func shortName(_ path: String) -> Substring {
    path.split(separator: ".").last ?? path[...]
  }

  /// tau says the same in fewer characters.
  private func withoutSampleSize(_ cell: ResultTable.Cell) -> ResultTable.Cell {
    guard case .measured(var value) = cell else { return cell }
    value.effectiveSamples = nil
    return .measured(value)
  }
}
