internal import Diagnostics
internal import FileSystem
internal import Manifest

extension PlanBuilder {
  /// A figure or table of no stage is a mistake of the manifest, found before hours of work and not
  /// after; so is a table whose files would be another's.
  mutating func checkChoices(stages: [String]) {
    for figure in experiment.figures {
      checkSources(of: figure, called: "figure `\(figure.name)` is drawn from", stages)
    }
    for table in experiment.tables {
      checkSources(of: table, called: "table `\(table.name)` is made from", stages)
      guard let reason = objection(to: table.name, stages) else { continue }
      problems.append(
        .error(
          "`\(table.name)` cannot name a table: \(reason)", at: table.location,
          length: table.name.count,
          hint: "its files are results/\(experiment.name)/NAME.tsv, "
            + ".json and .tex; letters, digits, - and _ are safe"))
    }
  }

  /// What only a plan without other mistakes can tell.
  mutating func checkColumnsAndTexts(of plan: Plan) {
    checkInputs(of: plan)
    var columns = ColumnChecks(plan, registry)
    for problem in columns.problems() { problems.append(problem) }
    let texts = Placeholders(plan)
    for figure in experiment.figures {
      for problem in texts.problems(in: figure) { problems.append(problem) }
    }
    for table in experiment.tables {
      for problem in texts.problems(in: table) { problems.append(problem) }
    }
    for problem in texts.problemsInDescription() { problems.append(problem) }
  }

  private mutating func checkSources(
    of choice: some ResultChoice, called words: String, _ stages: [String]
  ) {
    for source in choice.sources where !stages.contains(source) {
      problems.append(
        .error(
          "\(words) `\(source)`, but there is no such stage",
          at: choice.places["from"] ?? choice.location, length: source.count,
          hint: suggestion(for: source, in: stages)))
    }
  }

  private func objection(to name: String, _ stages: [String]) -> String? {
    if stages.contains(name) { return "the whole table of the stage has this name" }
    if experiment.figures.contains(where: { "\($0.name)-fit" == name }) {
      return "the fit of a figure has this name"
    }
    return experiment.baseline.map { $0.name == "\(name).json" } == true
      ? "the baseline has this name" : nil
  }
}
