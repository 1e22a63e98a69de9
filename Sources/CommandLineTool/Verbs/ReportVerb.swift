internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Results

enum ReportVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "report", "one self-contained HTML page of figures, tables and verdict",
    details:
      """
      Equal results give equal bytes. With --execution the timeline and the hosts are added. Folders are
      those of `slmc figures`, and as there results that say less do not replace those that say more.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--output", "FILE", "where the page goes (default: results/NAME/report.html)"),
      .replacing,
      .init("--execution", nil, "add when and where the jobs ran"), .quiet,
    ],
    examples: ["slmc report experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let (experiment, store, plan) = try tool.planned(arguments)
    let output =
      arguments.value("--output").map { Path($0) } ?? experiment.resultsFolder / "report.html"
    let drawing = FigureDrawing(
      plan: plan, store: store, folder: output.folder,
      replacesBetter: arguments.replacesBetter(in: output.folder))
    let outcome = try drawing.draw()
    guard outcome.kept.isEmpty else {
      outcome.tellKept(in: output.folder, on: tool.errors)
      throw VerbFailure(
        "\(output) was not written: it would say less than its figures", .workNeeded)
    }
    let builder = ReportBuilder(plan: plan, store: store, outcome: outcome, version: Version.number)
    let content = try builder.content(withExecution: arguments.has("--execution"))
    do throws(ReportFileError) {
      try HTMLReport(content).write(to: output.description)
    } catch {
      throw VerbFailure("\(error)", .jobFailed)
    }
    if !arguments.has("--quiet") { tool.output.print(output.description) }
    for problem in outcome.problems { tool.errors.print("error: \(problem)") }
    return outcome.problems.isEmpty ? .done : .jobFailed
  }
}
