internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Results

enum FiguresVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "figures", "draw the manifest's figures into results/NAME, with tables beside them",
    details: """
      With --profile P they go into results/NAME/P, with -S into the folder adhoc there, so that a small
      run never stands in for the whole one. A figure or table with fewer points or shorter chains does
      not replace one that has more (contents.json tells what each was made of).
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--output", "DIR", "where the files go (default: results/NAME)"),
      .replacing, .quiet,
    ],
    examples: ["slmc figures experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let (experiment, store, plan) = try tool.planned(arguments)
    let folder = arguments.value("--output").map { Path($0) } ?? experiment.resultsFolder
    let drawing = FigureDrawing(
      plan: plan, store: store, folder: folder,
      replacesBetter: arguments.replacesBetter(in: folder))
    let outcome = try drawing.draw()
    for file in outcome.tableFiles where !arguments.has("--quiet") { tool.output.print(file) }
    for figure in outcome.figures {
      if !arguments.has("--quiet") {
        tool.output.print("\(folder)/\(figure.name).svg (.pdf, .png, .gp, .dat)")
      }
      for warning in figure.warnings { tool.errors.print("\(figure.name): \(warning)") }
    }
    for problem in outcome.problems { tool.errors.print("error: \(problem)") }
    for line in outcome.pending + outcome.prefixes.prefix(5) { tool.errors.print(line) }
    if outcome.prefixes.count > 5 {
      tool.errors.print("and \(outcome.prefixes.count - 5) more points of chains so far")
    }
    if outcome.isIncomplete {
      tool.errors.print(
        outcome.pending.isEmpty && !outcome.prefixes.isEmpty
          ? "some points are those of chains so far; `slmc run \(experiment.file)` makes the rest"
          : "some points have no results yet; `slmc run \(experiment.file)` makes them")
    }
    outcome.tellKept(in: folder, on: tool.errors)
    if !outcome.problems.isEmpty { return .jobFailed }
    return outcome.isIncomplete || !outcome.kept.isEmpty ? .workNeeded : .done
  }
}

extension FigureDrawing.Outcome {
  /// What better results were left in place.
  func tellKept(in folder: Path, on errors: Terminal) {
    for line in kept { errors.print(line) }
    if !kept.isEmpty {
      errors.print(
        "\(folder) keeps what says more; --force replaces it, --output DIR writes elsewhere")
    }
  }
}

extension Arguments {
  /// What the command line makes on the spot is replaced each time.
  func replacesBetter(in folder: Path) -> Bool {
    has("--force") || (value("--output") == nil && folder.name == Experiment.adjustedFolder)
  }
}

extension VerbDeclaration.Option {
  static let replacing = Self(
    "--force", nil, "also replace figures and tables that have more points or longer chains")
}
