internal import Artifacts
internal import ContentHash
internal import Executors
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Synchronization
internal import Values

/// Shows a run: on a terminal one line per stage, repainted; otherwise a plain line per job.
final class RunDisplay {
  private let plan: Plan
  private let output: Terminal
  private let isJSON: Bool
  private let isQuiet: Bool
  private let isLive: Bool
  private let index: StoreIndex
  private let store: Store
  private var remaining: RemainingTime
  private var numbers: [HighlightRanges]
  private let began = ContinuousClock.now
  private var finished: [Int]
  private var failed: [Int]
  private var running: [Int: RunningJob] = [:]
  private var paintedLines = 0
  private var lastPaint: ContinuousClock.Instant?
  private var wasted = 0

  init(
    _ plan: Plan, _ tool: Tool, _ arguments: Arguments, _ index: StoreIndex, _ store: Store,
    jobs: Int
  ) {
    self.plan = plan
    self.store = store
    remaining = RemainingTime(plan, index, jobs: jobs)
    numbers = plan.stages.map { _ in HighlightRanges() }
    self.index = index
    output = tool.output
    isJSON = arguments.has("--json")
    isQuiet = arguments.has("--quiet")
    isLive = tool.output.isInteractive && !isJSON && !isQuiet
    finished = plan.stages.map { stage in plan.jobs[stage.jobs].count { $0.isDone } }
    failed = plan.stages.map { _ in 0 }
  }

  func begin() {
    guard !isJSON && !isQuiet else { return }
    let counts = plan.counts
    let title =
      "\(output.paint(plan.experiment.name, .strong)): \(counts.run + counts.extend) of "
      + "\(plan.jobs.count) jobs to do, \(counts.reuse) cached"
    let prediction = Prediction(plan, index).text
    let line = prediction.map { "\(title); \($0)" } ?? title
    let fits = !isLive || visibleLength(of: line) <= output.width
    output.print(fits ? line : "\(title);\n  \(prediction ?? "")")
    repaint(force: true)
  }

  func show(_ event: Event) {
    note(event)
    if isJSON { return print(json: event) }
    switch event {
    case .began(let job): running[job] = RunningJob(began: .now)
    case .progressed(let job, let progress): running[job]?.progress = progress
    case .finished(let job, let origin, let seconds):
      running[job] = nil
      finished[plan.jobs[job].stage] += 1
      readNumbers(job)
      if !isLive && !isQuiet { printFinished(job, origin, seconds) }
    case .failed(let job, let reason, let lines):
      running[job] = nil
      failed[plan.jobs[job].stage] += 1
      erase()
      output.print(failureText(job, reason, lines))
    case .skipped: wasted += 1
    case .waiting(let job, let holder):
      if !isLive && !isQuiet { output.print("\(name(job)): \(holder) works on it, waiting") }
    case .reopened(let job):
      finished[plan.jobs[job].stage] -= 1
      if !isLive && !isQuiet { output.print("\(name(job)): an input came out differently") }
    case .interrupted:
      erase()
      output.print("stopping: running jobs write their checkpoints (again to kill them)")
    }
    repaint(force: false)
  }

  func end(_ summary: RunSummary) {
    guard !isJSON else { return }
    erase()
    if isLive { output.print(output.fitted(stageLines()).joined(separator: "\n")) }
    guard !isQuiet || !summary.failed.isEmpty || summary.signal != nil else { return }
    let elapsed = Amount.duration((ContinuousClock.now - began) / .seconds(1))
    var parts = ["\(summary.made) made"]
    if summary.adopted > 0 { parts.append("\(summary.adopted) taken over as equal") }
    if summary.shared > 0 { parts.append("\(summary.shared) made by others") }
    parts.append("\(plan.counts.reuse - summary.reopened) cached")
    if !summary.failed.isEmpty { parts.append("\(summary.failed.count) failed") }
    if !summary.skipped.isEmpty { parts.append("\(summary.skipped.count) not started") }
    let ending =
      summary.signal != nil
      ? "interrupted; the same command continues"
      : summary.failed.isEmpty ? "done" : "not done"
    output.print(
      "\(plan.experiment.name): \(parts.joined(separator: ", ")) in \(elapsed): \(ending)")
  }

  private func name(_ job: Int) -> String { plan.name(of: plan.jobs[job]) }

  private func printFinished(_ job: Int, _ origin: Event.Origin, _ seconds: Double) {
    // Thousands of null jobs are told by the summary.
    guard !plan.stages[plan.jobs[job].stage].declaration.isLight || plan.jobs.count <= 50 else {
      return
    }
    output.print(
      "\(name(job)): \(origin.rawValue) in \(Amount.duration(seconds))"
        + numbers[plan.jobs[job].stage].last + " (\(progressText))")
  }

  private func failureText(_ job: Int, _ reason: String, _ lines: [String]) -> String {
    // A program's words stand in the log by themselves and in the error that quotes them.
    var told: Set<Substring> = []
    let log = lines.filter { told.insert($0.drop { $0 == " " }).inserted }
      .map { "    \($0)\n" }.joined()
    let point = plan.point(of: plan.jobs[job]).map { " --only '\($0.name)=\($0.value)'" }.joined()
    let stage = plan.stages[plan.jobs[job].stage]
    return """
      \(output.paint("failed", .bad)): \(name(job)): \(reason)
      \(log)    repeat just this: slmc run \(stage.experiment.file) --until \(stage.ownName)\(point)
      """
  }
}

extension RunDisplay {
  private func note(_ event: Event) {
    switch event {
    case .finished(let job, let origin, let seconds):
      remaining.close(job, seconds: origin == .made || origin == .extended ? seconds : nil)
    case .failed(let job, _, _), .skipped(let job): remaining.close(job)
    case .began, .progressed, .waiting, .reopened, .interrupted: break
    }
  }

  /// Null jobs have nothing to tell.
  private func readNumbers(_ job: Int) {
    let planned = plan.jobs[job]
    guard !plan.stages[planned.stage].declaration.isLight,
      let metadata = try? store.metadata(of: planned.recipe.key)
    else { return }
    numbers[planned.stage].add(metadata.highlights)
  }

  /// `12 of 40 jobs done, about 3 min left`.
  private var progressText: String {
    let done = finished.reduce(0, +)
    let counts = "\(done) of \(plan.jobs.count) jobs done"
    guard done < plan.jobs.count else { return counts }
    return counts + (remaining.left(running: running).words.map { ", \($0)" } ?? "")
  }

  /// At most ten times a second, only on a terminal.
  private func repaint(force: Bool) {
    guard isLive else { return }
    let now = ContinuousClock.now
    if !force, let last = lastPaint, now - last < .milliseconds(100) { return }
    lastPaint = now
    erase()
    let lines = output.fitted(["  \(progressText)"] + stageLines())
    output.write(lines.joined(separator: "\n") + "\n")
    paintedLines = lines.count
  }

  private func erase() {
    guard paintedLines > 0 else { return }
    output.eraseLines(paintedLines)
    paintedLines = 0
  }

  private func stageLines() -> [String] {
    let stages = plan.stages.enumerated().filter { !$1.jobs.isEmpty }
    return ProgressRows(
      rows: stages.map { place, stage in
        let total = stage.jobs.count
        let trouble = failed[place] > 0 ? [output.paint("\(failed[place]) failed", .bad)] : []
        return ProgressRows.Row(
          name: stage.name,
          share: (Double(finished[place]) + begun(of: place)) / Double(max(total, 1)),
          isTroubled: failed[place] > 0, count: "\(finished[place])/\(total)",
          details: trouble + activity(of: place) + numbers[place].parts)
      }
    ).lines(on: output)
  }

  /// What running jobs of a stage say of themselves, in the order of the plan.
  private func reports(of stage: Int) -> [Job.Progress] {
    running.filter { plan.jobs[$0.key].stage == stage }.sorted { $0.key < $1.key }
      .compactMap(\.value.progress).filter { $0.total > 0 }
  }

  /// Jobs' worth of work in what is running now, as far as it tells.
  private func begun(of stage: Int) -> Double {
    reports(of: stage).reduce(0) { $0 + min(1, Double($1.done) / Double($1.total)) }
  }

  /// How many are under way, how far they have come on average, and what the first has to say.
  private func activity(of stage: Int) -> [String] {
    let count = running.count { plan.jobs[$0.key].stage == stage }
    guard count > 0 else { return [] }
    guard let first = reports(of: stage).first else { return ["\(count) running"] }
    return ["\(count) running at \(Int(100 * begun(of: stage) / Double(count))) %"]
      + (first.note.isEmpty ? [] : [first.note])
  }

  private func print(json event: Event) {
    let record: Record? =
      switch event {
      case .began(let job): ["event": "began", "id": .text(name(job))]
      case .progressed(let job, let progress):
        [
          "event": "progress", "id": .text(name(job)), "done": .integer(progress.done),
          "total": .integer(progress.total), "note": .text(progress.note),
          "secondsLeft": progress.secondsLeft.map(Value.number) ?? .null,
        ]
      case .finished(let job, let origin, let seconds):
        [
          "event": "finished", "id": .text(name(job)), "origin": .text(origin.rawValue),
          "seconds": .number(seconds), "key": .text(plan.jobs[job].recipe.key.description),
        ]
      case .failed(let job, let reason, let lines):
        [
          "event": "failed", "id": .text(name(job)), "reason": .text(reason),
          "log": .list(lines.map(Value.text)),
        ]
      case .skipped(let job): ["event": "skipped", "id": .text(name(job))]
      case .waiting(let job, let holder):
        ["event": "waiting", "id": .text(name(job)), "holder": .text(holder)]
      case .reopened(let job): ["event": "reopened", "id": .text(name(job))]
      case .interrupted: ["event": "interrupted"]
      }
    if let record { output.print(Value.record(record).json()) }
  }
}

extension TimeLeft {
  /// `about 3 min left`, where that much is known; nil when nothing is left.
  var words: String? {
    if isComplete { return seconds > 0 ? "about \(Amount.duration(seconds)) left" : nil }
    return seconds >= 1 ? "more than \(Amount.duration(seconds)) left" : "time left not known yet"
  }
}
