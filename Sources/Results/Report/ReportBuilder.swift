package import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import HDF5
internal import Manifest
package import Pipeline
package import Reporting
internal import Values

/// Gathers what a report shows: the same for the same results, whenever and wherever they were made.
package struct ReportBuilder {
  let plan: Plan
  let store: Store
  let outcome: FigureDrawing.Outcome
  /// The version of this program.
  let version: String

  package init(plan: Plan, store: Store, outcome: FigureDrawing.Outcome, version: String) {
    self.plan = plan
    self.store = store
    self.outcome = outcome
    self.version = version
  }

  package func content(withExecution: Bool) throws -> ReportContent {
    let experiment = plan.experiment
    let metadata = try doneMetadata()
    let gate = try Gate(plan, store)
    var content = ReportContent(
      title: experiment.name + (experiment.profile.map { ", profile \($0)" } ?? ""),
      subtitle: Placeholders(plan).filled(experiment.description),
      verdict: verdict(metadata, gate))
    content.comparison = gate.check?.comparison(named: experiment.baseline?.description ?? "")
    content.overview = [
      ReportFact("points", String(experiment.sweep.count)),
      ReportFact("jobs", String(plan.jobs.count)),
      ReportFact("done", String(plan.counts.reuse)),
      ReportFact("not converged", String(metadata.count { Self.converged($0) == false })),
    ]
    content.figures =
      outcome.figures.map { .drawn($0, folder: "") } + outcome.failures.map { .failed($0) }
    content.tables = tables
    content.tableFailures = outcome.tableFailures
    content.stages = graph
    content.learningCurves = try learningCurves()
    content.provenance = provenance(metadata)
    content.manifest = experiment.sources.map { $0.lines.joined(separator: "\n") }
      .joined(separator: "\n---\n")
    if withExecution { content.execution = execution(metadata) }
    return content
  }

  /// What the manifest chose first, then the whole of each stage, of which the main columns are open.
  private var tables: [ReportTable] {
    func linked(_ table: ResultTable, caption: String = "") -> ReportTable {
      let name = table.name
      return ReportTable(
        table, caption: caption, tsv: "\(name).tsv", json: "\(name).json", latex: "\(name).tex")
    }
    let chosen = outcome.chosen.map { entry in
      var table = linked(entry.table)
      table.showsDetails = entry.withDetails
      return table
    }
    let covered = Set(plan.experiment.tables.flatMap(\.sources))
    let whole = outcome.tables.map { entry in
      let short = MainColumns(entry, figures: plan.experiment.figures)
      var table = linked(MainColumns.withoutRepetition(entry), caption: short.circumstances)
      table.main = Set(short.places.map { entry.columns[$0].name })
      table.isFolded = covered.contains(entry.name)
      return table
    }
    return chosen + outcome.fits.map { linked($0) } + whole
  }

  private func doneMetadata() throws -> [ArtifactMetadata] {
    try plan.jobs.compactMap { job in
      guard case .reuse(let record) = job.action else { return nil }
      return try store.metadata(of: record.key)
    }
  }

  private static func converged(_ metadata: ArtifactMetadata) -> Bool? {
    metadata.highlights["converged"]?.boolean
  }

  private func verdict(_ metadata: [ArtifactMetadata], _ gate: Gate) -> ReportVerdict {
    let open = plan.jobs.count { !$0.isDone }
    let doubtful = metadata.filter { Self.converged($0) == false }
    let judged = metadata.count { Self.converged($0) != nil }
    if open > 0 {
      return ReportVerdict(
        .inconclusive, headline: "\(open) of \(plan.jobs.count) jobs have not run yet.")
    }
    if let check = gate.check, check.outcome == .failed {
      return ReportVerdict(.failed, headline: check.sentence, details: check.failures)
    }
    guard doubtful.isEmpty else {
      let doubts = Set(doubtful.compactMap { $0.highlights["doubt"]?.text }).sorted()
      return ReportVerdict(
        .inconclusive,
        headline: "\(doubtful.count) of \(judged) analysed chains have not converged.",
        details: Array(doubts.prefix(8)))
    }
    let convergence = judged > 0 ? "every analysed chain converged" : "no chain was analysed"
    let headline = "All \(plan.jobs.count) jobs are done; \(convergence)."
    guard let check = gate.check else {
      return ReportVerdict(.unchecked, headline: headline, details: gate.remarks)
    }
    return ReportVerdict(
      check.outcome == .passed ? .passed : .inconclusive, headline: check.sentence,
      details: [headline])
  }

  private var graph: StageGraph {
    StageGraph(
      stages: plan.stages.map { stage in
        let done = plan.jobs[stage.jobs].count { $0.isDone }
        return StageGraph.Stage(
          name: stage.name, kind: stage.declaration.kind,
          counts: [.done: done, .waiting: stage.jobs.count - done].filter { $0.value > 0 })
      },
      edges: plan.stages.flatMap { stage in
        stage.inputs.map { (from: plan.stages[$0.stage].name, to: stage.name) }
      })
  }

  /// From artifacts that have a `/learning` group.
  private func learningCurves() throws -> [LearningCurve] {
    try plan.jobs.compactMap { job in
      guard case .reuse(let record) = job.action else { return nil }
      let file = try HDF5File(opening: store.data(of: record.key).description)
      guard try file.exists("/learning") else { return nil }
      let steps = try file.integers(at: "/learning/step").map(Double.init)
      guard steps.count > 1 else { return nil }
      return LearningCurve(
        label: label(of: job), steps: steps,
        losses: try file.doubles(at: "/learning/trainingError"),
        validation: try file.doubles(at: "/learning/heldOutError"))
    }
  }

  /// The stage with the parameters that tell its jobs apart, as a table has them.
  private func label(of job: PlannedJob) -> String {
    let stage = plan.stages[job.stage]
    let values = stage.axes.map { axis -> String in
      let name = stage.experiment.sweep.axes[axis].name
      let cell = plan.cell(of: name, job, at: Int(job.point))
      let isNamed = cell.number != nil || cell.plainText.hasPrefix("[")
      let last = name.split(separator: ".").last.map(String.init) ?? name
      return isNamed ? "\(last) \(cell.plainText)" : cell.plainText
    }
    return ([stage.name] + values).joined(separator: ", ")
  }

  private func provenance(_ metadata: [ArtifactMetadata]) -> [ReportFact] {
    let versions = Dictionary(metadata.map { ($0.kind, $0.version) }) { first, _ in first }
    return [
      ReportFact("seed", String(plan.experiment.seed)),
      ReportFact("profile", plan.experiment.profile ?? "none"),
    ]
      + (plan.experiment.isAdjusted ? [ReportFact("values", "some set on the command line")] : [])
      + versions.sorted { $0.key < $1.key }.map { ReportFact($0.key, "version \($0.value)") }
      + imports(metadata)
      + plan.jobs.prefix(40).map {
        ReportFact(plan.name(of: $0), $0.recipe.key.short)
      }
  }

  /// What was not made here: a reader has to trust whoever made the archive, or make it again.
  private func imports(_ metadata: [ArtifactMetadata]) -> [ReportFact] {
    Dictionary(grouping: metadata.compactMap(\.importMark), by: \.archive)
      .sorted { $0.key < $1.key }
      .compactMap { archive, marks in
        marks.first.map {
          ReportFact("imported", "\(marks.count) of \(metadata.count) jobs from \($0.description)")
        }
      }
  }

  private func execution(_ metadata: [ArtifactMetadata]) -> ExecutionRecord {
    let hosts = Set(metadata.compactMap { $0.provenance["host"]?.text }).sorted()
    let kernels = Set(metadata.compactMap { $0.provenance["blasKernel"]?.text }).sorted()
    let cpu = metadata.reduce(0) { $0 + $1.cpuSeconds }
    return ExecutionRecord(
      bars: timeline(metadata),
      facts: [
        ReportFact("hosts", hosts.joined(separator: ", ")),
        ReportFact("BLAS kernels", kernels.joined(separator: ", ")),
        ReportFact("CPU time", Amount.duration(cpu)),
        ReportFact("slmc", version),
      ])
  }

  private func timeline(_ metadata: [ArtifactMetadata]) -> [ExecutionRecord.Bar] {
    let spans = metadata.compactMap { entry -> (kind: String, end: Double, length: Double)? in
      guard let end = entry.provenance["endedAtSeconds"]?.number,
        let length = entry.provenance["wallSeconds"]?.number, length >= 0, abs(end) < 1e12,
        length < 1e12
      else { return nil }
      return (entry.kind, end, length)
    }
    guard let first = spans.map({ $0.end - $0.length }).min() else { return [] }
    return spans.map {
      ExecutionRecord.Bar(
        lane: $0.kind, label: Amount.duration($0.length), start: $0.end - $0.length - first,
        end: $0.end - first)
    }
  }
}
