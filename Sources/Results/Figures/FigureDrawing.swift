package import Artifacts
package import FileSystem
internal import Manifest
package import Pipeline
package import Reporting
internal import Values

/// Draws the figures that a manifest declares and writes the tables that they are drawn from.
package struct FigureDrawing {
  let plan: Plan
  let store: Store
  let folder: Path
  /// Whether results that say less may replace what is in the folder.
  let replacesBetter: Bool

  package init(plan: Plan, store: Store, folder: Path, replacesBetter: Bool = false) {
    self.plan = plan
    self.store = store
    self.folder = folder
    self.replacesBetter = replacesBetter
  }

  /// What came of it.
  package struct Outcome {
    package var figures: [RenderedFigure] = []
    /// The whole tables of the stages, which the figures were drawn from.
    package var tables: [ResultTable] = []
    /// The tables that the manifest asks for.
    package var chosen: [(table: ResultTable, withDetails: Bool)] = []
    /// What the fits gave.
    package var fits: [ResultTable] = []
    /// The files that hold the tables.
    package var tableFiles: [String] = []
    /// What could not be drawn, and why; the rest was.
    package var problems: [String] = []
    package var failures: [FigureError] = []
    package var tableFailures: [TableError] = []
    /// What waits for a run, a line each.
    package var pending: [String] = []
    package var isIncomplete = false
    /// What was left as it is since it says more than these results, a line each.
    package var kept: [String] = []
    /// Points that stand on the cached beginning of a chain, a line each.
    package var prefixes: [String] = []
    fileprivate var contents: FolderContents
    fileprivate var steps: ChainSteps

    fileprivate init(_ contents: FolderContents, _ steps: ChainSteps) {
      self.contents = contents
      self.steps = steps
    }

    /// Whether these results may have the name, which is noted.
    fileprivate mutating func admit(_ name: String, from sources: [String], _ force: Bool) -> Bool {
      let points = steps.points(of: sources)
      if !force, let loss = contents.loss(of: name, for: points) {
        kept.append("\(name): not replaced: \(loss)")
        return false
      }
      contents.note(name, points)
      return true
    }

    mutating func wait(_ name: String, for stage: String) {
      isIncomplete = true
      pending.append("\(name): stage `\(stage)` has no results yet")
    }
  }

  package func draw() throws -> Outcome {
    var outcome = Outcome(FolderContents(folder), ChainSteps(plan, store))
    let collector = ResultCollector(plan: plan, store: store)
    let tables = try plan.ownStages.compactMap { try collector.table(of: $0) }
    outcome.tables = tables
    outcome.prefixes = prefixes
    try folder.createFolders()
    for table in tables where outcome.admit(table.name, from: [table.name], replacesBetter) {
      let short = MainColumns(table, figures: plan.experiment.figures).chosen
      try write(table, latex: short.latex(details: true), &outcome)
    }
    try choose(tables, collector.labels, &outcome)
    for figure in plan.experiment.figures {
      try draw(figure, tables, collector.labels, &outcome)
    }
    try outcome.contents.write()
    return outcome
  }

  private func draw(
    _ figure: Figure, _ tables: [ResultTable], _ labels: ResultLabels, _ outcome: inout Outcome
  ) throws {
    do {
      if try !hasAllResults(figure.sources, of: figure.name) { outcome.isIncomplete = true }
      let source = FigurePoints(
        figure: figure, plan: plan, store: store, tables: tables, labels: labels)
      let (table, columns) = try source.build()
      guard outcome.admit(figure.name, from: figure.sources, replacesBetter) else { return }
      let fits = FigureFits(figure, table, columns)
      let renderer = FigureRenderer(directory: folder.description)
      var drawn = try renderer.render(specification(figure, columns, fits), from: table)
      drawn.warnings += fits.warnings
      outcome.figures.append(drawn)
      if let table = fits.table {
        outcome.fits.append(table)
        try write(table, latex: table.latex(), &outcome)
      }
    } catch let error as FigureError {
      outcome.failures.append(error)
      if case .noResultsYet(let name, let stage) = error {
        outcome.wait(name, for: stage)
      } else {
        outcome.problems.append("\(error)")
      }
    }
  }

  /// Points that stand on the cached beginning of a chain.
  private var prefixes: [String] {
    plan.ownStages.flatMap { plan.jobs[$0.jobs] }.compactMap { job in
      plan.prefix(of: job).map { "\(plan.name(of: job)): \($0.steps) of \($0.wanted) steps so far" }
    }
  }

  /// Tables that the manifest declares; one that cannot be made leaves the others.
  private func choose(
    _ tables: [ResultTable], _ labels: ResultLabels, _ outcome: inout Outcome
  ) throws {
    for choice in plan.experiment.tables {
      let isComplete = try hasAllResults(choice.sources, of: choice.name)
      if !isComplete { outcome.isIncomplete = true }
      let source = DeclaredTable(
        choice: choice, title: Placeholders(plan).filled(choice.title, for: choice),
        figures: plan.experiment.figures, tables: try self.tables(of: choice) ?? tables,
        labels: labels)
      do {
        let table = try source.build()
        guard outcome.admit(choice.name, from: choice.sources, replacesBetter) else { continue }
        outcome.chosen.append((table, choice.withDetails))
        try write(table, latex: table.latex(details: choice.withDetails), &outcome)
      } catch let error as TableError {
        outcome.tableFailures.append(error)
        if case .noResults(let name, let stage) = error, !isComplete {
          outcome.wait(name, for: stage)
        } else {
          outcome.problems.append("\(error)")
        }
      }
    }
  }

  private func write(_ table: ResultTable, latex: String, _ outcome: inout Outcome) throws {
    for (ending, text) in [
      ("tsv", table.tabSeparated()), ("json", table.json()), ("tex", latex),
    ] {
      let path = folder / "\(table.name).\(ending)"
      try path.replace(with: Array(text.utf8))
      outcome.tableFiles.append(path.description)
    }
  }

  private func hasAllResults(
    _ sources: [String], of figure: String
  ) throws(FigureError) -> Bool {
    var isComplete = true
    for source in sources {
      guard let stage = plan.stages.first(where: { $0.name == source }) else {
        throw .noStage(figure: figure, stage: source, available: plan.stages.map(\.name))
      }
      if plan.jobs[stage.jobs].contains(where: { !$0.isDone }) { isComplete = false }
    }
    return isComplete
  }

  /// The whole tables of an array, where the choice is of one.
  private func tables(of choice: TableChoice) throws -> [ResultTable]? {
    try choice.array.map { array in
      try ResultCollector(plan: plan, store: store).tables(of: array, choice.sources)
    }
  }

  private func specification(
    _ figure: Figure, _ columns: FigurePoints.Columns, _ fits: FigureFits
  ) -> FigureSpecification {
    let settings = figure.settings
    let placeholders = Placeholders(plan)
    func text(_ name: String) -> String? {
      settings[name]?.text.flatMap { $0.isEmpty ? nil : placeholders.filled($0, for: figure) }
    }
    let shorter = plan.stages.filter { figure.sources.contains($0.name) }
      .flatMap { plan.jobs[$0.jobs] }.count { plan.prefix(of: $0) != nil }
    let remark =
      shorter == 0
      ? [] : ["Points so far: \(shorter) of them stand on chains still to be extended."]
    let scale = text("scale") ?? "linear"
    func axis(_ name: String, _ column: String, isLogarithmic: Bool) -> FigureAxis {
      let range = (settings["\(name)Range"]?.list ?? []).compactMap(\.number)
      return FigureAxis(
        column, label: text("\(name)Label"), isLogarithmic: isLogarithmic,
        lowerLimit: range.first, upperLimit: range.count > 1 ? range[1] : nil)
    }
    let references = (settings["references"]?.list ?? []).compactMap {
      reference -> ReferenceLine? in
      guard let value = reference["value"]?.number else { return nil }
      return ReferenceLine(
        .horizontal, at: MeasuredValue(value), label: reference["label"]?.text ?? "")
    }
    var specification = FigureSpecification(
      name: figure.name, title: text("title") ?? "",
      caption: ([text("caption") ?? ""] + remark + fits.captions).filter { !$0.isEmpty }
        .joined(separator: " "),
      x: axis("x", columns.x, isLogarithmic: scale == "logX" || scale == "logLog"),
      y: axis("y", columns.y, isLogarithmic: scale == "logY" || scale == "logLog"),
      group: columns.group,
      fits: fits.fits,
      referenceLines: references)
    // A curve beside points is what guides the eye.
    specification.joinsMarkers = figure.horizontals.count < 2
    return specification
  }
}
