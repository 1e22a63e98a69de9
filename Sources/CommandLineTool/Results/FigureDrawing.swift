internal import Artifacts
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values

/// Draws the figures that a manifest declares and writes the tables that they are drawn from.
struct FigureDrawing {
  let plan: Plan
  let store: Store
  let folder: Path

  struct Outcome {
    var figures: [RenderedFigure] = []
    /// The whole tables of the stages, which the figures were drawn from.
    var tables: [ResultTable] = []
    /// The tables that the manifest asks for.
    var chosen: [(table: ResultTable, withDetails: Bool)] = []
    /// What the fits gave.
    var fits: [ResultTable] = []
    /// The files that hold the tables.
    var tableFiles: [String] = []
    /// What could not be drawn, and why; the rest was.
    var problems: [String] = []
    var failures: [FigureError] = []
    var tableFailures: [TableError] = []
    /// What waits for a run, a line each.
    var pending: [String] = []
    var isIncomplete = false

    mutating func wait(_ name: String, for stage: String) {
      isIncomplete = true
      pending.append("\(name): stage `\(stage)` has no results yet")
    }
  }

  func draw() throws -> Outcome {
    var outcome = Outcome()
    let tables = try self.tables()
    outcome.tables = tables
    try folder.createFolders()
    for table in tables {
      let short = ShortTable(table, figures: plan.experiment.figures).chosen
      try write(table, latex: short.latex(details: true), &outcome)
    }
    try choose(tables, &outcome)
    let renderer = FigureRenderer(directory: folder.description)
    for figure in plan.experiment.figures {
      do {
        if try !hasAllResults(figure.sources, of: figure.name) { outcome.isIncomplete = true }
        let source = FigureTable(figure: figure, plan: plan, store: store, tables: tables)
        let (table, columns) = try source.build()
        let fits = FigureFits(figure, table, columns)
        var drawn = try renderer.render(specification(figure, columns, fits), from: table)
        drawn.warnings += fits.warnings
        outcome.figures.append(drawn)
        if let table = fits.table {
          outcome.fits.append(table)
          try write(table, latex: table.latex(), &outcome)
        }
      } catch let error as FigureError {
        if case .noResultsYet(let name, let stage) = error {
          outcome.wait(name, for: stage)
          outcome.failures.append(error)
          continue
        }
        outcome.failures.append(error)
        outcome.problems.append("\(error)")
      }
    }
    return outcome
  }

  /// Tables that the manifest declares; one that cannot be made leaves the others.
  private func choose(_ tables: [ResultTable], _ outcome: inout Outcome) throws {
    for choice in plan.experiment.tables {
      let isComplete = try hasAllResults(choice.sources, of: choice.name)
      if !isComplete { outcome.isIncomplete = true }
      let source = ChosenTable(choice: choice, figures: plan.experiment.figures, tables: tables)
      do {
        let table = try source.build()
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

  private func tables() throws -> [ResultTable] {
    let collector = ResultCollector(plan: plan, store: store)
    return try plan.ownStages.compactMap { try collector.table(of: $0) }
  }

  private func specification(
    _ figure: Figure, _ columns: FigureTable.Columns, _ fits: FigureFits
  ) -> FigureSpecification {
    let settings = figure.settings
    func text(_ name: String) -> String? {
      settings[name]?.text.flatMap { $0.isEmpty ? nil : $0 }
    }
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
    return FigureSpecification(
      name: figure.name, title: text("title") ?? "",
      caption: fits.captions.joined(separator: " "),
      x: axis("x", columns.x, isLogarithmic: scale == "logX" || scale == "logLog"),
      y: axis("y", columns.y, isLogarithmic: scale == "logY" || scale == "logLog"),
      group: columns.group,
      fits: fits.fits,
      referenceLines: references)
  }
}
