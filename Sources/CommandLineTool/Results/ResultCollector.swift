internal import Artifacts
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values
internal import YAML

/// Gathers what a stage measured over the sweep into one table: a row per point, the swept
/// parameters, then every number under `/results` of the artifacts with its error.
struct ResultCollector {
  let plan: Plan
  let store: Store
  /// Whether to show what an independent sample costs, measured times among it; otherwise only what
  /// a figure draws, so that tables of equal results are equal.
  var withCosts = false

  typealias Reading = ResultReader.Reading

  /// What the done jobs of a stage measured; jobs by their place in the plan.
  func readings(of stage: PlannedStage) throws -> [(job: Int, readings: [Reading])] {
    var rows: [(job: Int, readings: [Reading])] = []
    let wanted = wantedColumns(of: stage)
    let reader = ResultReader(store: store)
    for place in stage.jobs {
      guard case .reuse(let record) = plan.jobs[place].action else { continue }
      let costs = try reader.costs(of: record.key).filter { withCosts || wanted.contains($0.name) }
      rows.append((place, try reader.readings(of: record.key) + costs))
    }
    return rows
  }

  /// nil when no job of the stage has results yet.
  func table(of stage: PlannedStage) throws -> ResultTable? {
    let rows = try readings(of: stage).map { (job: plan.jobs[$0.job], readings: $0.readings) }
    let found = rows.flatMap(\.readings)
    guard !found.isEmpty else { return nil }
    var seen: Set<String> = []
    let results = found.filter { seen.insert($0.name).inserted }
    // A number may be constant at one point and fluctuate at another: the table has a column for its
    // tau as soon as one row does.
    let fluctuating = Set(
      found.filter { $0.value.autocorrelationTime != nil }.map(\.name))
    let swept = stage.axes.map { stage.experiment.sweep.axes[$0].name }
    let labels = ResultLabels(plan)
    let parameters =
      swept + fixedParameters(of: stage, except: swept + results.map(\.name))
    var table = ResultTable(
      name: stage.name, title: "\(stage.experiment.name): \(stage.ownName)",
      columns: parameters.map(labels.parameter)
        + results.flatMap { Self.columns($0, withTau: fluctuating.contains($0.name)) })
    for (job, readings) in rows {
      let values = Dictionary(readings.map { ($0.name, $0.value) }) { first, _ in first }
      table.append(
        parameters.map { cell(of: $0, job, at: Int(job.point)) }
          + results.flatMap {
            Self.cells(values[$0.name], withTau: fluctuating.contains($0.name))
          })
    }
    return table
  }

  /// Base parameters that figures and tables of this stage refer to, so that an axis need not be swept.
  private func fixedParameters(of stage: PlannedStage, except known: [String]) -> [String] {
    let groups = Set(plan.stages.flatMap(\.roles))
    return wantedColumns(of: stage).subtracting(known).filter { path in
      path.split(separator: ".").first.map { path.contains(".") && groups.contains(String($0)) }
        ?? false
    }.sorted()
  }

  /// What figures and tables made from this stage refer to.
  private func wantedColumns(of stage: PlannedStage) -> Set<String> {
    let choices: [any ResultChoice] = plan.experiment.figures + plan.experiment.tables
    return Set(choices.filter { $0.sources.contains(stage.name) }.flatMap(\.columns))
  }

  /// A parameter of a job, which may serve several points of the sweep.
  func cell(of path: String, _ job: PlannedJob, at point: Int) -> ResultTable.Cell {
    let experiment = plan.stages[job.stage].experiment
    let axis = experiment.sweep.axes.firstIndex { $0.name == path }
    let node = axis.flatMap { experiment.node(point: point, axis: $0) }
    // A whole group that is swept, in short: `linear, shells 3`.
    if let entries = node?.entries {
      return .text(
        entries.map { entry in
          entry.name == "kind" ? entry.value.spelling : "\(entry.name) \(entry.value.spelling)"
        }.joined(separator: ", "))
    }
    switch value(at: path.split(separator: "."), of: job) {
    case .integer(let integer): return .integer(integer)
    case .number(let number): return .number(number)
    case .some(let other): return .text(other.spelling)
    // An axis of an input's group: the stage does not read it, but its point has it.
    case nil:
      return node.map { node in
        Double(node.spelling).map { .number($0) } ?? .text(node.spelling)
      } ?? .missing
    }
  }

  /// Every parameter of the job and of what it is made from, by dotted path.
  func parameterPaths(of job: PlannedJob) -> [String] {
    Value.record(plan.parameters(of: job)).leaves().map(\.path)
      + job.inputs.flatMap { parameterPaths(of: plan.jobs[Int($0)]) }
  }

  /// The parameter of the job itself, or of the nearest input that reads it.
  private func value(at path: [Substring], of job: PlannedJob) -> Value? {
    if let value = Value.record(plan.parameters(of: job)).value(at: path) { return value }
    for input in job.inputs {
      if let value = value(at: path, of: plan.jobs[Int(input)]) { return value }
    }
    return nil
  }

  /// A result and, as `NAME.tau`, its autocorrelation time.
  private static func columns(_ reading: Reading, withTau: Bool) -> [ResultTable.Column] {
    let value = ResultLabels.result(reading)
    return withTau ? [value, ResultLabels.autocorrelationTime(of: reading.name)] : [value]
  }

  private static func cells(_ value: MeasuredValue?, withTau: Bool) -> [ResultTable.Cell] {
    let first = value.map(ResultTable.Cell.measured) ?? .missing
    guard withTau else { return [first] }
    guard let value, let tau = value.autocorrelationTime else { return [first, .missing] }
    let measuredTau = MeasuredValue(
      tau, error: value.autocorrelationTimeError, isConverged: value.isConverged,
      artifact: value.artifact)
    return [first, .measured(measuredTau)]
  }
}
