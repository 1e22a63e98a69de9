internal import Artifacts
internal import Diagnostics
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Results

enum CompareSamplersVerb: Verb {
  static let declaration = VerbDeclaration(
    "compare-samplers", "cost of an independent sample by every sampler of an experiment",
    details: """
      Samplers and observables are those whose cost the manifest's figures draw (y: NAME.cost). `gain`
      is against the first sampler; `breakEven` is the number of independent samples after which
      training has paid, against the cheapest sampler that needs none. Costs are CPU time: run the
      experiment with `--jobs 1` on one machine. A row measures its observables, which is a
      diagonalisation that no move needs: costs and gains are given with and without it. The terminal
      shows costs and gains; the other formats also tau, times and training.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .json, .init("--tsv", nil, "tab-separated values"),
      .init("--latex", nil, "a LaTeX table"), .init("--markdown", nil, "a Markdown table"),
    ],
    examples: ["slmc compare-samplers experiments/samplers.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.experiment(arguments)
    let comparison = try SamplerComparison(experiment)
    let store = try tool.existingStore(arguments, near: experiment)
    var index = StoreIndex(store)
    let plan = try tool.plan(experiment, arguments, &index)
    let collector = ResultCollector(plan: plan, store: store, withCosts: true)
    let wanted = plan.stages.filter { comparison.stages.contains($0.name) }
    let tables = try wanted.compactMap { try collector.table(of: $0) }
    guard let table = comparison.table(tables, title: "\(experiment.name): cost by sampler") else {
      throw VerbFailure(
        "no results yet; `slmc run \(experiment.file) --jobs 1` makes them", .workNeeded)
    }
    let isForTerminal = !["--json", "--tsv", "--latex", "--markdown"].contains(where: arguments.has)
    let shown =
      isForTerminal
      ? [false, true].map { comparison.brief(table, collector.labels, isBare: $0) } : [table]
    let texts = shown.map { PrintedTable(table: $0).text(arguments, tool) }
    tool.output.write(texts.joined(separator: "\n"))
    return .done
  }
}
