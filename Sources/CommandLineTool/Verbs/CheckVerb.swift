internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Results
internal import Values

enum CheckVerb: Verb {
  static let declaration = VerbDeclaration(
    "check", "the physics gate: results against the committed baseline",
    details: """
      Two gates: on the platform of the baseline equal recipes must give equal bits; everywhere the
      numbers must agree within their errors. Runs nothing. Exit codes: 0 passed, 3 jobs are not run
      yet, 4 failed, 5 inconclusive (not converged, or a shift that matters could have hidden),
      2 no baseline, or one of another manifest.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--update", nil, "write the results as the new baseline and show what moved"),
      .init("--no-bits", nil, "judge by the statistics alone"),
      .init("--junit", "FILE", "write the verdicts as JUnit XML"),
      .init("--all", nil, "list every observable"), .json,
    ],
    examples: [
      "slmc run experiments/gate.yaml && slmc check experiments/gate.yaml",
      "slmc check experiments/gate.yaml --junit gate.xml",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.experiment(arguments)
    guard let file = experiment.baselineFile else {
      throw Diagnostics(
        error: "\(experiment.file) names no baseline",
        hint: "add `baseline: results/\(experiment.name)/baseline.json`")
    }
    let store = try tool.store(arguments, near: experiment)
    var index = StoreIndex(store)
    let plan = try tool.plan(experiment, arguments, &index)
    let isSelection = arguments.value("--until") != nil || arguments.value("--only") != nil
    if arguments.has("--update") {
      guard !isSelection else {
        throw Diagnostics(error: "--update writes a whole baseline: leave out --only and --until")
      }
      return try update(file, plan, store, arguments, tool)
    }
    let (current, baseline) = (try Baseline(of: plan, store), try read(file, experiment))
    let differences = current.differences(from: baseline, isSelection: isSelection)
    guard differences.isEmpty else {
      throw Diagnostics(
        error: "\(file) is the baseline of another manifest:"
          + differences.map { "\n  \($0)" }.joined(),
        hint:
          "if the manifest was meant to change, `slmc check \(experiment.file) --update` writes "
          + "a new baseline")
    }
    try requireResults(current, plan)
    let check = try BaselineCheck(
      baseline, current, inputs: plan.inputs, settings: settings(experiment, arguments))
    try show(check, arguments, tool)
    return check.exitCode
  }

  private static func read(_ file: Path, _ experiment: Experiment) throws -> Baseline {
    guard file.exists else {
      throw Diagnostics(
        error: "there is no baseline at \(file)",
        hint: "`slmc check \(experiment.file)"
          + (experiment.profile.map { " --profile \($0)" } ?? "")
          + " --update` writes it from the results that are there")
    }
    return try Baseline(reading: file)
  }

  private static func settings(_ experiment: Experiment, _ arguments: Arguments) -> GateSettings {
    var settings = GateSettings(experiment.gate)
    if arguments.has("--no-bits") { settings.bitsAreDue = false }
    return settings
  }

  private static func requireResults(_ current: Baseline, _ plan: Plan) throws {
    let open = current.jobs.count { $0.content == nil }
    guard open > 0 else { return }
    throw VerbFailure(
      "\(open) of \(current.jobs.count) jobs have not run yet; `slmc run \(plan.experiment.file)"
        + "\(plan.experiment.profile.map { " --profile \($0)" } ?? "")` first", .workNeeded)
  }

  private static func show(_ check: BaselineCheck, _ arguments: Arguments, _ tool: Tool) throws {
    if let path = arguments.value("--junit") {
      do throws(ReportFileError) {
        try check.junit.write(to: path)
      } catch {
        throw VerbFailure("\(error)", .jobFailed)
      }
    }
    if arguments.has("--json") {
      tool.output.print(check.json.json())
    } else {
      tool.output.print(check.text(on: tool.output, showsAll: arguments.has("--all")))
    }
  }

  /// Shows what moved against the baseline before it is replaced.
  private static func update(
    _ file: Path, _ plan: Plan, _ store: Store, _ arguments: Arguments, _ tool: Tool
  ) throws -> ExitCode {
    try BaselinePlace(file, project: plan.experiment.projectFolder, store: store.root).check()
    let current = try Baseline(of: plan, store)
    try requireResults(current, plan)
    let old = file.exists ? try? Baseline(reading: file) : nil
    if let old, current.differences(from: old, isSelection: false).isEmpty {
      let check = try BaselineCheck(
        old, current, inputs: plan.inputs, settings: settings(plan.experiment, arguments))
      try show(check, arguments, tool)
    } else if let old {
      let reasons = current.differences(from: old, isSelection: false)
      tool.errors.print(
        "the old baseline was of another manifest, nothing is compared:"
          + reasons.map { "\n  \($0)" }.joined())
    }
    let doubtful = current.jobs.reduce(0) { sum, job in
      sum + job.results.count { $0.value.isConverged == false }
    }
    if doubtful > 0 {
      tool.errors.print(
        "warning: \(doubtful) numbers are not converged; on other bits they can only be underpowered"
      )
    }
    try file.folder.createFolders()
    try file.replace(with: Array(current.text.utf8))
    let results = current.jobs.reduce(0) { $0 + $1.results.count }
    tool.errors.print("wrote \(file): \(current.jobs.count) jobs, \(results) results")
    return .done
  }
}

extension BaselineCheck {
  var exitCode: ExitCode {
    switch outcome {
    case .passed: .done
    case .failed: .gateFailed
    case .inconclusive: .inconclusive
    }
  }
}
