internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Results
internal import Values

enum ShowVerb: Verb {
  static let declaration = VerbDeclaration(
    "show", "the results of an experiment as one table, or all about one artifact",
    details: """
      One row per point of the sweep, with the parameters that vary and the main results; `--all` shows
      every result. With more than fit side by side, one line per result. `--table` shows a table as
      the manifest declares it.
      `--tsv` and `--json` put all stages into one table, with columns STAGE.NAME; with `--stage` they
      give that stage alone. With the beginning of a key instead of a manifest: the artifact's
      parameters, inputs, datasets and provenance.
      """,
    positionals: [.init("EXP.yaml|KEY")],
    options: .manifestOptions + [
      .init(
        "--stage", "STAGE", "the stage whose results are shown (default: every one with results)"),
      .init("--costs", nil, "also what an independent sample costs, measured times among it"),
      .init("--table", "NAME", "one of the manifest's tables"),
      .init("--all", nil, "every result, not only the main ones"),
      .init("--columns", "NAME,…", "only these results; of an array an entry, as in S[3]"),
      .init("--array", "NAME", "one array, a row for every entry"),
      .init("--json", nil, "the whole sweep as one JSON table"),
      .init("--tsv", nil, "the whole sweep as one table of tab-separated values"),
      .init("--latex", nil, "a LaTeX table"), .init("--markdown", nil, "a Markdown table"),
    ],
    examples: [
      "slmc show experiments/quickstart.yaml", "slmc show experiments/quickstart.yaml --tsv",
      "slmc show experiments/quickstart.yaml --stage analysis --columns acceptance,energy",
      "slmc show 3f2a",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    guard Target.namesExperiment(arguments.positionals[0]) else {
      return try showArtifact(arguments, in: tool)
    }
    let (experiment, store, plan) = try tool.planned(arguments)
    let collector = ResultCollector(
      plan: plan, store: store, withCosts: arguments.has("--costs"),
      more: arguments.value("--columns")?.split(separator: ",").map(String.init) ?? [])
    var stages = plan.ownStages
    if let name = arguments.value("--stage") {
      stages = plan.stages.filter { $0.name == name }
      guard !stages.isEmpty else {
        throw Diagnostics(
          error: "there is no stage `\(name)`",
          hint: suggestion(for: name, in: plan.stages.map(\.name)))
      }
    }
    let shown = try shown(of: stages, collector, arguments)
    guard !shown.isEmpty else {
      throw VerbFailure(
        "no results yet; `slmc run \(experiment.file)` makes them", .workNeeded)
    }
    tool.output.write(shown.map { $0.text(arguments, tool) }.joined(separator: "\n"))
    tellPrefixes(stages.flatMap { plan.jobs[$0.jobs] }, plan, tool.errors)
    return .done
  }

  /// What is shown of chains that are being extended is not what was asked for.
  private static func tellPrefixes(_ jobs: [PlannedJob], _ plan: Plan, _ errors: Terminal) {
    let shorter = jobs.count { plan.prefix(of: $0) != nil }
    guard shorter > 0 else { return }
    let missing = jobs.count { $0.record == nil }
    errors.print(
      "\(shorter) of \(jobs.count) jobs shown as far as their chains have come"
        + (missing > 0 ? ", \(missing) have nothing yet" : "")
        + "; `slmc run \(plan.experiment.file)` makes the rest")
  }

  private static func shown(
    of stages: [PlannedStage], _ collector: ResultCollector, _ arguments: Arguments
  ) throws -> [PrintedTable] {
    let experiment = collector.plan.experiment
    if let name = arguments.value("--table") {
      guard let choice = experiment.tables.first(where: { $0.name == name }) else {
        throw Diagnostics(
          error: "there is no table `\(name)`",
          hint: suggestion(for: name, in: experiment.tables.map(\.name))
            ?? "`tables` of a manifest declares them; `slmc explain tables` tells how")
      }
      let whole =
        try choice.array.map { try collector.tables(of: $0, choice.sources) }
        ?? stages.compactMap { try collector.table(of: $0) }
      let source = DeclaredTable(
        choice: choice, title: Placeholders(collector.plan).filled(choice.title, for: choice),
        figures: experiment.figures, tables: whole, labels: collector.labels)
      let table: ResultTable
      do {
        table = try source.build()
      } catch {
        throw VerbFailure("\(error)", .workNeeded)
      }
      return [PrintedTable(table: table, withDetails: choice.withDetails)]
    }
    if let array = arguments.value("--array") {
      return try self.tables(of: array, stages, collector).map { PrintedTable(table: $0) }
    }
    let tables = try chosen(
      try self.tables(of: stages, collector, arguments), arguments.value("--columns"))
    let isWhole = ["--all", "--costs", "--json", "--tsv"].contains { arguments.has($0) }
    return tables.map { table in
      if isWhole || arguments.value("--columns") != nil { return PrintedTable(table: table) }
      let short = MainColumns(table, figures: experiment.figures)
      return PrintedTable(table: short.chosen, withDetails: true, hidden: short.hidden)
    }
  }

  private static func tables(
    of array: String, _ stages: [PlannedStage], _ collector: ResultCollector
  ) throws -> [ResultTable] {
    let tables = try collector.tables(of: array, stages.map(\.name))
    guard tables.isEmpty else { return tables }
    guard let known = try collector.arrays(of: stages) else { return [] }
    throw Diagnostics(
      error: "there is no array `\(array)`",
      hint: suggestion(for: array, in: known)
        ?? "`analysis.arrays` asks for arrays of a chain, as in arrays: [structureFactor]")
  }

  /// Programs get the whole sweep as one table unless they ask for one stage, people one a stage.
  private static func tables(
    of stages: [PlannedStage], _ collector: ResultCollector, _ arguments: Arguments
  ) throws -> [ResultTable] {
    let isForPrograms = arguments.has("--json") || arguments.has("--tsv")
    guard isForPrograms && arguments.value("--stage") == nil else {
      return try stages.compactMap { try collector.table(of: $0) }
    }
    let table = try SweepTable(plan: collector.plan, collector: collector).table(of: stages)
    return [table].compactMap { $0 }
  }

  private static func showArtifact(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let store = try tool.existingStore(arguments)
    let page = try ArtifactPage(try Target.key(arguments.positionals[0], in: store), in: store)
    tool.output.print(
      arguments.has("--json") ? page.json.json(indented: true) : page.text(on: tool.output))
    return .done
  }
}

extension ShowVerb {
  /// The tables with the named results only; a name that none of them has is a mistake.
  private static func chosen(_ tables: [ResultTable], _ names: String?) throws -> [ResultTable] {
    guard let names, !tables.isEmpty else { return tables }
    let wanted = names.split(separator: ",").map { String($0) }
    let known = tables.flatMap(\.resultNames)
    for name in wanted where !known.contains(name) {
      throw Diagnostics(
        error: "there is no result `\(name)`",
        hint: suggestion(for: name, in: known) ?? "there are \(known.joined(separator: ", "))")
    }
    return tables.map { $0.keeping(wanted) }.filter { !$0.resultNames.isEmpty }
  }
}

extension ResultTable {
  fileprivate var resultNames: [String] {
    columns.indices.filter(isMeasured).map { columns[$0].name }
  }

  fileprivate func keeping(_ wanted: [String]) -> ResultTable {
    choosing(
      columns: columns.indices.filter { !isMeasured($0) } + wanted.compactMap(index))
  }
}
