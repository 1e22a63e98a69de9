package import Manifest
package import Reporting

/// What a reader wants first of a stage's table: the parameters that vary and the main results, each
/// of which carries its tau, its effective samples and its convergence.
package struct MainColumns {
  let table: ResultTable
  /// Of the columns that are shown, in the order of the table.
  let places: [Int]
  /// How many results are left out.
  package let hidden: Int

  /// Tables with no more results than this are short as they are.
  static let mostResults = 6

  /// - Parameter figures: of the experiment; what they draw from this stage is wanted.
  package init(_ table: ResultTable, figures: [Figure]) {
    self.table = table
    let isMeasured = table.columns.indices.map(table.isMeasured)
    let parameters = table.columns.indices.filter {
      !isMeasured[$0]
        && (Self.varies($0, in: table)
          || table.columns[$0].name == ResultCollector.prefixColumn.name)
    }
    let results = table.columns.indices.filter {
      isMeasured[$0] && !Self.isAutocorrelationTime($0, in: table)
    }
    let drawn = Set(
      figures.filter { $0.sources.contains(table.name) }.flatMap { [$0.x] + $0.quantities })
    let wanted = results.filter {
      drawn.contains(table.columns[$0].name) || table.columns[$0].isMain
    }
    let shown =
      results.count <= Self.mostResults
      ? results : wanted.isEmpty ? Array(results.prefix(Self.mostResults)) : wanted
    places = parameters + shown
    hidden = results.count - shown.count
  }

  /// The parameters that do not vary, in words.
  var circumstances: String {
    let same = table.columns.indices.filter {
      !table.isMeasured($0) && !Self.varies($0, in: table)
        && table.columns[$0].name != ResultCollector.prefixColumn.name
    }
    let words = same.map { place in
      let column = table.columns[place]
      let unit = column.unit.isEmpty ? "" : " \(column.unit)"
      return "\(column.label) = \(table.rows[0][place].plainText)\(unit)"
    }
    return words.isEmpty ? "" : "At \(words.joined(separator: ", "))."
  }

  package var chosen: ResultTable { table.choosing(columns: places) }

  /// The whole table without the columns that repeat what stands beside a value anyway.
  static func withoutRepetition(_ table: ResultTable) -> ResultTable {
    table.choosing(columns: table.columns.indices.filter { !isAutocorrelationTime($0, in: table) })
  }

  /// Whether a column is the tau of another one of the table.
  private static func isAutocorrelationTime(_ column: Int, in table: ResultTable) -> Bool {
    let name = table.columns[column].name
    return name.hasSuffix(".tau") && table.index(ofColumn: String(name.dropLast(4))) != nil
  }

  private static func varies(_ column: Int, in table: ResultTable) -> Bool {
    table.rows.count < 2 || table.rows.contains { $0[column] != table.rows[0][column] }
  }
}
