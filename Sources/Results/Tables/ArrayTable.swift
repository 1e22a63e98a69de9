internal import Artifacts
internal import Manifest
package import Pipeline
package import Reporting

/// One array of a stage as a tall table: a row for every entry at every point of the sweep.
struct ArrayTable {
  let collector: ResultCollector
  let array: String

  /// nil when no job of the stage has the array.
  func table(of stage: PlannedStage) throws -> ResultTable? {
    var found: [(job: PlannedJob, array: ArrayReader.StoredArray)] = []
    for job in collector.plan.jobs[stage.jobs] {
      guard let record = job.record,
        let stored = try ArrayReader(record.key, in: collector.store).array(array)
      else { continue }
      found.append((job, stored))
    }
    guard let first = found.first?.array else { return nil }
    let parameters = collector.parameters(of: stage, except: [array])
    let dimensions = found.map(\.array.shape.count).max() ?? 1
    let indices = dimensions == 1 ? ["index"] : (0..<dimensions).map { "index\($0)" }
    let hasTau = found.contains { $0.array.values.contains { $0.autocorrelationTime != nil } }
    var table = ResultTable(
      name: stage.name, title: "\(stage.experiment.name): \(stage.ownName), \(array)",
      columns: parameters.map(collector.labels.parameter)
        + indices.map { ResultTable.Column($0) } + (first.grid.map { [column(of: $0)] } ?? [])
        + collector.columns(first.reading(0, called: array), withTau: hasTau))
    for (job, stored) in found {
      for (place, value) in stored.values.enumerated() {
        let index = ElementName.indices(of: place, in: stored.shape)
        let grid = first.grid.map { _ in
          stored.grid.map { [ResultTable.Cell.number($0.numbers[index.last ?? 0])] } ?? [.missing]
        }
        table.append(
          parameters.map { collector.plan.cell(of: $0, job, at: Int(job.point)) }
            + (0..<dimensions).map { $0 < index.count ? .integer(index[$0]) : .missing }
            + (grid ?? []) + ResultCollector.cells(value, withTau: hasTau))
      }
    }
    return table
  }

  private func column(of grid: (name: String, numbers: [Double])) -> ResultTable.Column {
    ResultTable.Column(grid.name, label: collector.labels.symbol("system.\(grid.name)"))
  }
}

extension ResultCollector {
  /// Names of the arrays of these stages; nil where none of their jobs is done.
  package func arrays(of stages: [PlannedStage]) throws -> [String]? {
    let records = stages.flatMap { plan.jobs[$0.jobs].compactMap(\.record) }
    let names = try records.flatMap { try ArrayReader($0.key, in: store).names }
    return records.isEmpty ? nil : Set(names).sorted()
  }

  /// The tall tables of an array of these stages.
  package func tables(of array: String, _ stages: [String]) throws -> [ResultTable] {
    try plan.stages.filter { stages.contains($0.name) }.compactMap {
      try ArrayTable(collector: self, array: array).table(of: $0)
    }
  }
}
