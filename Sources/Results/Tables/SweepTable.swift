internal import Manifest
package import Pipeline
package import Reporting

/// The whole sweep as one table: a row per point, the swept parameters, then every number of every
/// stage as `STAGE.NAME`. A stage that does not depend on a parameter repeats its numbers.
package struct SweepTable {
  let plan: Plan
  let collector: ResultCollector

  package init(plan: Plan, collector: ResultCollector) {
    self.plan = plan
    self.collector = collector
  }

  /// nil when no stage has results yet.
  package func table(of stages: [PlannedStage]) throws -> ResultTable? {
    let parts = try stages.compactMap(part)
    guard !parts.isEmpty else { return nil }
    let sweep = plan.experiment.sweep
    var table = ResultTable(
      name: plan.experiment.name, title: Placeholders(plan).filled(plan.experiment.description),
      columns: sweep.axes.map { collector.labels.parameter($0.name) } + parts.flatMap(\.columns))
    for point in 0..<sweep.count {
      let cells = parts.map { $0.cells(at: point) }
      guard cells.contains(where: { $0 != nil }) else { continue }
      table.append(
        sweep.axes.indices.map { axis in cell(axis: axis, point: point) }
          + zip(cells, parts).flatMap { $0 ?? $1.columns.map { _ in .missing } })
    }
    return table
  }

  /// What one stage adds.
  private struct Part {
    let columns: [ResultTable.Column]
    let rows: [Int32: [ResultTable.Cell]]
    let serving: [Int32]

    func cells(at point: Int) -> [ResultTable.Cell]? { rows[serving[point]] }
  }

  private func part(_ stage: PlannedStage) throws -> Part? {
    let found = try collector.readings(of: stage)
    var seen: Set<String> = []
    let results = found.flatMap(\.readings).filter { seen.insert($0.name).inserted }
    guard !results.isEmpty, let place = plan.stages.firstIndex(where: { $0.name == stage.name })
    else { return nil }
    var rows: [Int32: [ResultTable.Cell]] = [:]
    let prefixes = found.map { collector.prefix(of: plan.jobs[$0.job]) }
    let isPartial = prefixes.contains { $0 != .missing }
    for ((job, readings), prefix) in zip(found, prefixes) {
      let values = Dictionary(readings.map { ($0.name, $0.value) }) { first, _ in first }
      rows[Int32(job)] =
        (isPartial ? [prefix] : [])
        + results.map { values[$0.name].map(ResultTable.Cell.measured) ?? .missing }
    }
    let columns =
      (isPartial ? [ResultCollector.prefixColumn] : []) + results.map(collector.labels.result)
    return Part(
      columns: columns.map {
        var column = $0
        column.name = "\(stage.name).\($0.name)"
        return column
      }, rows: rows, serving: plan.serving[place])
  }

  /// A point of `include` may leave an axis at its base value.
  private func cell(axis: Int, point: Int) -> ResultTable.Cell {
    let name = plan.experiment.sweep.axes[axis].name
    guard let place = plan.serving.lazy.map({ $0[point] }).last(where: { $0 >= 0 }) else {
      return .missing
    }
    return plan.cell(of: name, plan.jobs[Int(place)], at: point)
  }
}
