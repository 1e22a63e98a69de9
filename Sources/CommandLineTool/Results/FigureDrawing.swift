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
    /// What the figures were drawn from; a report shows the same.
    var tables: [ResultTable] = []
    /// The files that hold the tables.
    var tableFiles: [String] = []
    /// What could not be drawn, and why; the rest was.
    var problems: [String] = []
    var failures: [FigureError] = []
    var isIncomplete = false
  }

  func draw() throws -> Outcome {
    var outcome = Outcome()
    let tables = try self.tables()
    outcome.tables = tables
    try folder.createFolders()
    for table in tables { try write(table, &outcome) }
    let renderer = FigureRenderer(directory: folder.description)
    for figure in plan.experiment.figures {
      do {
        if try !hasAllResults(figure) { outcome.isIncomplete = true }
        let source = FigureTable(figure: figure, plan: plan, store: store, tables: tables)
        let (table, columns) = try source.build()
        let fits = FigureFits(figure, table, columns)
        var drawn = try renderer.render(specification(figure, columns, fits), from: table)
        drawn.warnings += fits.warnings
        outcome.figures.append(drawn)
        if let table = fits.table {
          outcome.tables.append(table)
          try write(table, &outcome)
        }
      } catch let error as FigureError {
        outcome.failures.append(error)
        outcome.problems.append("\(error)")
      }
    }
    return outcome
  }

  private func write(_ table: ResultTable, _ outcome: inout Outcome) throws {
    for (ending, text) in [
      ("tsv", table.tabSeparated()), ("json", table.json()), ("tex", table.latex()),
    ] {
      let path = folder / "\(table.name).\(ending)"
      try path.replace(with: Array(text.utf8))
      outcome.tableFiles.append(path.description)
    }
  }

  private func hasAllResults(_ figure: Figure) throws(FigureError) -> Bool {
    var isComplete = true
    for source in figure.sources {
      guard let stage = plan.stages.first(where: { $0.name == source }) else {
        throw .noStage(figure: figure.name, stage: source, available: plan.stages.map(\.name))
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
