internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values

enum ShowVerb: Verb {
  static let declaration = VerbDeclaration(
    "show", "the results of an experiment as one table, or all about one artifact",
    details: "With the beginning of a key: its parameters, inputs, datasets and provenance.",
    positionals: [.init("EXP.yaml|KEY")],
    options: .manifestOptions + [
      .init(
        "--stage", "STAGE", "the stage whose results are shown (default: every one with results)"),
      .init("--costs", nil, "also what an independent sample costs, measured times among it"),
      .json, .init("--tsv", nil, "tab-separated values"),
      .init("--latex", nil, "a LaTeX table"), .init("--markdown", nil, "a Markdown table"),
    ],
    examples: [
      "slmc show experiments/quickstart.yaml", "slmc show experiments/quickstart.yaml --tsv",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    guard Target.namesExperiment(arguments.positionals[0]) else {
      return try showArtifact(arguments, in: tool)
    }
    let experiment = try tool.experiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    var index = StoreIndex(store)
    let plan = try tool.plan(experiment, arguments, &index)
    let collector = ResultCollector(
      plan: plan, store: store, withCosts: arguments.has("--costs"))
    var stages = plan.ownStages
    if let name = arguments.value("--stage") {
      stages = plan.stages.filter { $0.name == name }
      guard !stages.isEmpty else {
        throw Diagnostics(
          error: "there is no stage `\(name)`",
          hint: suggestion(for: name, in: plan.stages.map(\.name)))
      }
    }
    let tables = try stages.compactMap { try collector.table(of: $0) }
    guard !tables.isEmpty else {
      throw VerbFailure(
        "no results yet; `slmc run \(experiment.file)` makes them", .workNeeded)
    }
    for table in tables { tool.output.write(text(of: table, arguments, tool)) }
    return .done
  }

  private static func showArtifact(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let store = try tool.existingStore(arguments)
    let page = try ArtifactPage(try Target.key(arguments.positionals[0], in: store), in: store)
    tool.output.print(
      arguments.has("--json") ? page.json.json(indented: true) : page.text(on: tool.output))
    return .done
  }

  static func text(
    of table: ResultTable, _ arguments: Arguments, _ tool: Tool
  ) -> String {
    if arguments.has("--json") { return table.json() }
    if arguments.has("--tsv") { return table.tabSeparated() }
    if arguments.has("--latex") { return table.latex() }
    if arguments.has("--markdown") { return table.markdown() }
    let width = tool.output.isInteractive ? tool.output.width : nil
    return table.title + "\n" + table.plainText(width: width) + "\n"
  }
}
