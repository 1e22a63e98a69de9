internal import Diagnostics
package import Manifest
internal import Pipeline
package import Reporting
internal import Values

/// What an independent sample costs by every sampler of an experiment, as one table: the samplers
/// and observables are those whose cost the manifest's figures draw.
package struct SamplerComparison {
  package let stages: [String]
  /// The column that tells the samplers of one stage apart.
  let group: String?
  let observables: [String]
  private let figure: Figure

  private static let suffix = ".cost"
  fileprivate static let bareSuffix = ".costWithoutMeasuring"

  package init(_ experiment: Experiment) throws {
    let figures = experiment.figures.filter { figure in
      figure.quantities.contains { $0.hasSuffix(Self.suffix) }
    }
    guard let first = figures.first else {
      throw Diagnostics(
        error: "no figure of \(experiment.file) draws the cost of an observable",
        hint: "write one, as in cost: {from: [fast, analysis], x: sites, y: NAME.cost, "
          + "group: model}")
    }
    figure = first
    stages = first.sources
    group = first.group
    var seen: Set<String> = []
    observables = figures.flatMap(\.quantities).filter { $0.hasSuffix(Self.suffix) }
      .map { String($0.dropLast(Self.suffix.count)) }.filter { seen.insert($0).inserted }
  }

  /// - Parameter tables: of every stage, with costs; nil when one of them has no results yet.
  package func table(_ tables: [ResultTable], title: String) -> ResultTable? {
    let sources = stages.compactMap { name in tables.first { $0.name == name } }
    guard sources.count == stages.count,
      let all = ResultTable.joining(sources, group: group)
    else { return nil }
    let point = pointColumns(sources)
    var result = ResultTable(
      name: "samplers", title: title,
      columns: point.map { all.columns[$0] } + [
        .init("sampler"), .init("acceptance"), .init("rowTime", label: "row", unit: "ms"),
        .init("trainingTime", label: "training", unit: "s"),
      ] + observables.flatMap(Self.columns))
    // Points in the order of the first stage, all samplers of one together.
    var done: Set<[ResultTable.Cell]> = []
    for row in all.rows where done.insert(point.map { row[$0] }).inserted {
      let here = point.map { row[$0] }
      let rows = all.rows.filter { other in point.map { other[$0] } == here }
      let reader = SamplerRows(table: all, rows: rows)
      for place in rows.indices {
        result.append(
          here + [sampler(rows[place], all)]
            + [
              reader.cell("acceptance", place), reader.milliseconds("rowTime", place),
              reader.cell("trainingTime", place),
            ]
            + observables.flatMap { reader.cells(of: $0, place) })
      }
    }
    return result
  }

  /// What fits a terminal: short names, and of every observable the cost and the gain.
  ///
  /// - Parameter isBare: with the measurements left out of both.
  package func brief(_ table: ResultTable, _ labels: ResultLabels, isBare: Bool) -> ResultTable {
    let cost = isBare ? Self.bareSuffix : Self.suffix
    let wanted = observables.flatMap { [$0 + cost, $0 + (isBare ? ".bareGain" : ".gain")] }
    let parameters = table.index(ofColumn: "sampler") ?? 0
    let columns = Array(0...parameters) + wanted.compactMap(table.index(ofColumn:))
    let names = SeriesNames(table.rows.map { $0[parameters] }, of: figure)
    let chosen = table.choosing(columns: columns)
    var brief = ResultTable(
      name: table.name, title: isBare ? "the same without the rows' measurements" : table.title,
      columns: chosen.columns.map { column in
        var column = column
        column.name = Self.heading(column.name, labels)
        return column
      })
    for var row in chosen.rows {
      row[parameters] = .text(names.name(of: row[parameters]))
      brief.append(row)
    }
    return brief
  }

  /// `system.lattice` as `lattice`, and the cost of what is written $|M|$ as `|M|`.
  private static func heading(_ name: String, _ labels: ResultLabels) -> String {
    if name.hasSuffix(".bareGain") { return "gain" }
    guard let suffix = [suffix, bareSuffix].first(where: name.hasSuffix) else {
      return name.split(separator: ".").last.map(String.init) ?? name
    }
    return labels.symbol(String(name.dropLast(suffix.count))).filter { !"${}\\".contains($0) }
  }

  /// Parameters that every stage's table has, such as the lattice and the temperature.
  private func pointColumns(_ sources: [ResultTable]) -> [Int] {
    guard let all = ResultTable.joining(sources, group: group) else { return [] }
    return all.columns.indices.filter { place in
      let name = all.columns[place].name
      return name != group && all.rows.allSatisfy { $0[place].measured == nil }
        && sources.allSatisfy { $0.index(ofColumn: name) != nil }
    }
  }

  private func sampler(_ row: [ResultTable.Cell], _ table: ResultTable) -> ResultTable.Cell {
    group.flatMap { table.index(ofColumn: $0) }.map { row[$0] } ?? .missing
  }

  private static func columns(_ observable: String) -> [ResultTable.Column] {
    [
      .init(observable + ".tau", label: "tau of \(observable)", unit: "rows"),
      .init(
        observable + ".cost", label: "cost of \(observable)", unit: "ms",
        summary: "CPU time of one independent sample"),
      .init(
        observable + ".gain", label: "gain", summary: "cost of the first sampler over this one's"),
      .init(
        observable + bareSuffix, label: "without measuring", unit: "ms",
        summary: "the same without the rows' measurements"),
      .init(
        observable + ".bareGain", label: "gain without measuring",
        summary: "the gain with measurements left out of both"),
      .init(
        observable + ".amortisedCost", label: "with training", unit: "ms",
        summary: "the same with samples and training shared by this chain's independent samples"),
      .init(
        observable + ".breakEven", label: "pays after",
        summary: "independent samples after which training has paid, against the cheapest sampler "
          + "without"),
    ]
  }
}

/// The rows of one point of the sweep.
private struct SamplerRows {
  let table: ResultTable
  let rows: [[ResultTable.Cell]]

  func cell(_ name: String, _ row: Int) -> ResultTable.Cell {
    table.index(ofColumn: name).map { rows[row][$0] } ?? .missing
  }

  func milliseconds(_ name: String, _ row: Int) -> ResultTable.Cell {
    milliseconds(value(name, row))
  }

  /// A number of seconds in the unit in which these costs are readable.
  private func milliseconds(_ seconds: MeasuredValue?) -> ResultTable.Cell {
    guard var value = seconds else { return .missing }
    value.value *= 1000
    value.error = value.error.map { $0 * 1000 }
    return .measured(value)
  }

  private func value(_ name: String, _ row: Int) -> MeasuredValue? { cell(name, row).measured }

  /// Analyses made before this number existed tell it by the share of measuring.
  private func bareCost(of observable: String, _ row: Int) -> MeasuredValue? {
    if let own = value(observable + SamplerComparison.bareSuffix, row) { return own }
    guard var cost = value(observable + ".cost", row),
      let share = value("measurementShare", row)?.value
    else { return nil }
    cost.value *= 1 - share
    cost.error = cost.error.map { $0 * (1 - share) }
    return cost
  }

  func cells(of observable: String, _ row: Int) -> [ResultTable.Cell] {
    let costs = rows.indices.map { value(observable + ".cost", $0) }
    let bare = rows.indices.map { bareCost(of: observable, $0) }
    return [
      cell(observable + ".tau", row), milliseconds(costs[row]), gain(costs, row),
      milliseconds(bare[row]), gain(bare, row), milliseconds(observable + ".amortisedCost", row),
      breakEven(costs, row),
    ]
  }

  private func gain(_ costs: [MeasuredValue?], _ row: Int) -> ResultTable.Cell {
    guard row > 0, let first = costs[0], let own = costs[row] else { return .missing }
    let ratio = first.value / own.value
    let parts = [first, own].map { ($0.error ?? 0) / $0.value }
    return .measured(
      MeasuredValue(
        ratio, error: ratio * (parts[0] * parts[0] + parts[1] * parts[1]).squareRoot(),
        isConverged: first.isConverged != false && own.isConverged != false))
  }

  private func breakEven(_ costs: [MeasuredValue?], _ row: Int) -> ResultTable.Cell {
    let untrained = rows.indices.filter { value("trainingTime", $0) == nil }
    guard let training = value("trainingTime", row)?.value, let own = costs[row]?.value,
      let rival = untrained.compactMap({ costs[$0]?.value }).min()
    else { return .missing }
    let samples = rival > own ? (training / (rival - own)).rounded(.up) : .infinity
    return Int(exactly: samples).map { .integer($0) } ?? .text("never")
  }
}
