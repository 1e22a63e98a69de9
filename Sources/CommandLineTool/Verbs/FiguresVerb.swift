internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting

enum FiguresVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "figures", "draw the manifest's figures into results/NAME, with tables beside them",
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--output", "DIR", "where the files go (default: results/NAME)"), .quiet,
    ],
    examples: ["slmc figures experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let (experiment, store, plan) = try tool.planned(arguments)
    let folder = arguments.value("--output").map { Path($0) } ?? experiment.resultsFolder
    let drawing = FigureDrawing(plan: plan, store: store, folder: folder)
    let outcome = try drawing.draw()
    for file in outcome.tableFiles where !arguments.has("--quiet") { tool.output.print(file) }
    for figure in outcome.figures {
      if !arguments.has("--quiet") {
        tool.output.print("\(folder)/\(figure.name).svg (.pdf, .png, .gp, .dat)")
      }
      for warning in figure.warnings { tool.errors.print("\(figure.name): \(warning)") }
    }
    for problem in outcome.problems { tool.errors.print("error: \(problem)") }
    for line in outcome.pending { tool.errors.print(line) }
    if outcome.isIncomplete {
      tool.errors.print(
        "some points have no results yet; `slmc run \(experiment.file)` makes them")
    }
    if !outcome.problems.isEmpty { return .jobFailed }
    return outcome.isIncomplete ? .workNeeded : .done
  }
}
