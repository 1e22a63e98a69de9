package import Artifacts
internal import Manifest
package import Pipeline
package import Reporting

/// Gathers what a stage measured over the sweep into one table: a row per point, the swept
/// parameters, then every number under `/results` of the artifacts with its error.
package struct ResultCollector {
  package let plan: Plan
  let store: Store
  package let labels: ResultLabels
  /// Whether to show what an independent sample costs, measured times among it; otherwise only what
  /// a figure draws, so that tables of equal results are equal.
  let withCosts: Bool
  /// Names of results that are asked for besides those that figures and tables show.
  let more: [String]

  typealias Reading = ResultReader.Reading

  package init(
    plan: Plan, store: Store, withCosts: Bool = false, more: [String] = []
  ) {
    self.plan = plan
    self.store = store
    self.withCosts = withCosts
    self.more = more
    labels = ResultLabels(plan)
  }

  /// What the done jobs of a stage measured; jobs by their place in the plan.
  func readings(of stage: PlannedStage) throws -> [(job: Int, readings: [Reading])] {
    var rows: [(job: Int, readings: [Reading])] = []
    let wanted = wantedColumns(of: stage)
    let wantsTimes = withCosts || wanted.contains(where: ResultReader.isTime)
    let reader = ResultReader(store: store)
    let elements = Self.elements(of: wanted.union(more))
    for place in stage.jobs {
      guard let record = plan.jobs[place].record else { continue }
      let results = try reader.readings(of: record.key, entries: .named(elements))
      let costs =
        try reader.counts(of: record.key)
        + (wantsTimes ? reader.times(of: record.key) : [])
      rows.append((place, results + costs.filter { withCosts || wanted.contains($0.name) }))
    }
    return rows
  }

  /// The entries of arrays among names of columns, each once; an array is not shown whole.
  private static func elements(of names: Set<String>) -> [ElementName] {
    let facts = [".tau", ".effectiveSamples", ".converged", ".spread"]
    return names.sorted().reduce(into: []) { elements, name in
      let fact = facts.first(where: name.hasSuffix)
      guard let element = ElementName(name.dropLast(fact?.count ?? 0)), !elements.contains(element)
      else { return }
      elements.append(element)
    }
  }

  /// The swept parameters of a stage and the fixed ones that figures and tables of it refer to.
  func parameters(of stage: PlannedStage, except results: [String]) -> [String] {
    let swept = stage.axes.map { stage.experiment.sweep.axes[$0].name }
    return swept + fixedParameters(of: stage, except: swept + results)
  }

  /// nil when no job of the stage has results yet.
  package func table(of stage: PlannedStage) throws -> ResultTable? {
    let rows = try readings(of: stage).map { (job: plan.jobs[$0.job], readings: $0.readings) }
    let found = rows.flatMap(\.readings)
    guard !found.isEmpty else { return nil }
    var seen: Set<String> = []
    let results = found.filter { seen.insert($0.name).inserted }
    // A number may be constant at one point and fluctuate at another: the table has a column for its
    // tau as soon as one row does.
    let fluctuating = Set(
      found.filter { $0.value.autocorrelationTime != nil }.map(\.name))
    let parameters = parameters(of: stage, except: results.map(\.name))
    let prefixes = rows.map { prefix(of: $0.job) }
    let isPartial = prefixes.contains { $0 != .missing }
    var table = ResultTable(
      name: stage.name, title: "\(stage.experiment.name): \(stage.ownName)",
      columns: parameters.map(labels.parameter) + (isPartial ? [Self.prefixColumn] : [])
        + results.flatMap { columns($0, withTau: fluctuating.contains($0.name)) })
    for ((job, readings), prefix) in zip(rows, prefixes) {
      let values = Dictionary(readings.map { ($0.name, $0.value) }) { first, _ in first }
      table.append(
        parameters.map { plan.cell(of: $0, job, at: Int(job.point)) } + (isPartial ? [prefix] : [])
          + results.flatMap {
            Self.cells(values[$0.name], withTau: fluctuating.contains($0.name))
          })
    }
    return table
  }

  /// The column that marks what comes from the cached beginning of a chain.
  static let prefixColumn = ResultTable.Column(
    "prefix", label: "so far", summary: "steps of the chain that are there, of those asked for")

  /// `100 of 200 steps` where the chain behind a job is there in part; missing where it is whole.
  func prefix(of job: PlannedJob) -> ResultTable.Cell {
    plan.prefix(of: job).map { .text("\($0.steps) of \($0.wanted) steps") } ?? .missing
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

  /// A result and, as `NAME.tau`, its autocorrelation time.
  func columns(_ reading: Reading, withTau: Bool) -> [ResultTable.Column] {
    let value = labels.result(reading)
    return withTau ? [value, labels.autocorrelationTime(of: reading)] : [value]
  }

  static func cells(_ value: MeasuredValue?, withTau: Bool) -> [ResultTable.Cell] {
    let first = value.map(ResultTable.Cell.measured) ?? .missing
    guard withTau else { return [first] }
    guard let value, let tau = value.autocorrelationTime else { return [first, .missing] }
    let measuredTau = MeasuredValue(
      tau, error: value.autocorrelationTimeError, isConverged: value.isConverged,
      artifact: value.artifact)
    return [first, .measured(measuredTau)]
  }
}
