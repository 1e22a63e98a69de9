internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Executors
internal import Manifest
internal import Pipeline
internal import Results
internal import Values

enum PlanVerb: Verb {
  static let declaration = VerbDeclaration(
    "plan", "what would run, and why, before anything runs",
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .json, .init("--exit-code", nil, "exit with 3 when there is work to do"),
      .init("--why", "STAGE", "the reason of each job of one stage"),
    ],
    examples: [
      "slmc plan experiments/quickstart.yaml",
      "slmc plan experiments/quickstart.yaml --why chain",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.experiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    var index = StoreIndex(store)
    var plan = try tool.plan(experiment, arguments, &index)
    plan.compareSurroundings(tool.registry, store)
    tool.warn(of: plan.tooLarge(.warning, room: MemoryRoom.room(of: experiment)), arguments)
    let history = WorkReasons(PlanHistory(store, experiment: experiment), store)
    if let why = arguments.value("--why"), !plan.stages.contains(where: { $0.name == why }) {
      throw Diagnostics(
        error: "there is no stage `\(why)`",
        hint: suggestion(for: why, in: plan.stages.map(\.name)))
    }
    if arguments.has("--json") {
      tool.output.print(json(plan, history, index, MissedTargets(plan, store)).json())
    } else if let why = arguments.value("--why") {
      for job in plan.jobs where plan.stages[job.stage].name == why {
        tool.output.print("\(plan.name(of: job)): \(history.reason(of: job, in: plan))")
      }
    } else {
      show(plan, history, index, MissedTargets(plan, store), on: tool.output)
      for line in SystemRemarks(plan, tool.theories).lines { tool.output.print(line) }
    }
    let counts = plan.counts
    return arguments.has("--exit-code") && counts.run + counts.extend > 0 ? .workNeeded : .done
  }

  private static func json(
    _ plan: Plan, _ history: WorkReasons, _ index: StoreIndex, _ missed: MissedTargets
  ) -> Value {
    let counts = plan.counts
    let prediction = Prediction(plan, index)
    return .record([
      "counts": .record([
        "run": .integer(counts.run), "reuse": .integer(counts.reuse),
        "extend": .integer(counts.extend),
      ]),
      "predicted": .record([
        "cpuSeconds": prediction.seconds.map(Value.number) ?? .null,
        "bytes": Self.whole(prediction.bytes), "memoryBytes": Self.whole(prediction.memory),
      ]),
      "notices": .list(plan.notices.map(Value.text)),
      "stages": .list(
        plan.jobs.enumerated().map { place, job in
          var record: Record = [
            "id": .text(plan.name(of: job)),
            "kind": .text(job.recipe.kind),
            "point": .record(Record(plan.point(of: job).map { ($0.name, .text($0.value)) })),
            "action": .text(job.actionName), "key": .text(job.recipe.key.description),
            "reason": .text(history.reason(of: job, in: plan)),
          ]
          if job.recipe.goal != nil, job.isDone {
            record["converged"] = .boolean(!missed.places.contains(place))
          }
          return .record(record)
        }),
    ])
  }

  private static func whole(_ amount: Double?) -> Value {
    amount.flatMap { Int(exactly: $0.rounded()) }.map(Value.integer) ?? .null
  }

  /// One line per stage, and below it the jobs to do, grouped by reason.
  static func show(
    _ plan: Plan, _ history: WorkReasons, _ index: StoreIndex, _ missed: MissedTargets,
    on output: Terminal
  ) {
    let points = plan.experiment.sweep.count
    output.print(
      "\(output.paint(plan.experiment.name, .strong)): \(plan.jobs.count) jobs, "
        + "\(points) point\(points == 1 ? "" : "s")")
    let width = plan.stages.map(\.name.count).max() ?? 0
    for stage in plan.stages where !stage.jobs.isEmpty {
      let jobs = plan.jobs[stage.jobs]
      let done = jobs.count { $0.isDone }
      let name = stage.name + String(repeating: " ", count: width - stage.name.count)
      let short = missed.places.count { stage.jobs.contains($0) }
      let mark = short == 0 ? "" : output.paint(", \(short) not converged", .warning)
      output.print("  \(name)  \(done) of \(jobs.count) cached\(mark)")
      for (reason, count) in reasons(jobs.filter { !$0.isDone }, plan, history) {
        output.print("  \(String(repeating: " ", count: width))    \(count) to do: \(reason)")
      }
    }
    for notice in plan.notices { output.print(output.paint("note: \(notice)", .warning)) }
    let prediction = Prediction(plan, index)
    if let text = prediction.text { output.print(text) }
  }

  /// Reasons with how many jobs have each, the most frequent first.
  private static func reasons(
    _ jobs: [PlannedJob], _ plan: Plan, _ history: WorkReasons
  ) -> [(reason: String, count: Int)] {
    var counts: [String: Int] = [:]
    // A sample is enough to tell a person; --why tells all.
    for job in jobs.prefix(2000) { counts[history.reason(of: job, in: plan), default: 0] += 1 }
    var sorted = counts.map { (reason: $0.key, count: $0.value) }
      .sorted { ($0.count, $1.reason) > ($1.count, $0.reason) }
    if jobs.count > 2000 { sorted.append(("not looked at one by one", jobs.count - 2000)) }
    guard sorted.count > 6 else { return sorted }
    let rest = sorted[5...].reduce(0) { $0 + $1.count }
    return sorted[..<5] + [(reason: "other reasons (see --why)", count: rest)]
  }
}

extension [VerbDeclaration.Option] {
  static let manifestOptions: Self = VerbDeclaration.Option.manifest
}

extension PlannedJob {
  /// The action as the command line's JSON names it; a cut counts as an extension of the cache.
  var actionName: String {
    switch action {
    case .reuse: "reuse"
    case .extend, .cut: "extend"
    case .run: "run"
    }
  }
}
