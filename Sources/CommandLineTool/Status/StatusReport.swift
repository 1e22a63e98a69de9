internal import Artifacts
internal import ContentHash
internal import Executors
internal import Manifest
internal import Pipeline
internal import Values

/// How far an experiment has come, from files alone: any shell and any node can look.
struct StatusReport {
  struct Stage {
    let name: String
    let kind: String
    var jobs = 0
    var cached = 0
    var running = 0
    var interrupted = 0
    var failed = 0
    var missing = 0
    /// Among those that are not cached, those of which an earlier, shorter run left something.
    var prefixes = 0
    /// Among the cached ones, of those that say so.
    var converged = 0
    var notConverged = 0
    var numbers = HighlightRanges()
    /// Workers in a cluster's queue that may do this stage; nil where it was not submitted.
    var queue: QueueCounts?
    /// Jobs' worth of work in what is running now, as far as it tells.
    var begun = 0.0

    /// Share of the stage's work that is done.
    var share: Double { (Double(cached) + begun) / Double(max(jobs, 1)) }
  }

  struct Running {
    let name: String
    let key: Digest
    let stage: Int
    /// Its place in the plan.
    let job: Int
    let holder: String
    let progress: Job.Progress?
    /// The worker's log where the holder is a job of a cluster.
    var workerLog: String?
  }

  struct Failure {
    let name: String
    let key: Digest
    let log: [String]
  }

  let experiment: String
  var stages: [Stage] = []
  var running: [Running] = []
  var failures: [Failure] = []
  private(set) var doubts: [(name: String, text: String)] = []
  /// What there is so far of jobs whose chain is being extended, and what is missing.
  private(set) var prefixes: [(name: String, steps: Int, wanted: Int)] = []

  /// Why the cluster's queue could not be asked.
  var queueTrouble: String?
  /// Whether a keeper waits to replace workers that ended badly.
  var hasKeeper = false

  init(_ plan: Plan, _ store: Store) {
    experiment = plan.experiment.name
    stages = plan.stages.map { Stage(name: $0.name, kind: $0.declaration.kind) }
    let activity = Activity(store)
    for (place, job) in plan.jobs.enumerated() {
      stages[job.stage].jobs += 1
      if job.isDone {
        stages[job.stage].cached += 1
        // Null jobs have nothing to tell, and there may be many of them.
        if !plan.stages[job.stage].declaration.isLight { read(job, plan, store) }
      } else {
        if let prefix = plan.prefix(of: job), let key = job.record?.key {
          stages[job.stage].prefixes += 1
          prefixes.append((plan.name(of: job), prefix.steps, prefix.wanted))
          if let metadata = try? store.metadata(of: key) {
            stages[job.stage].numbers.add(metadata.highlights)
          }
        }
        look(job, place, plan, store, activity.state(of: job.recipe))
      }
    }
  }

  private mutating func read(_ job: PlannedJob, _ plan: Plan, _ store: Store) {
    guard let metadata = try? store.metadata(of: job.recipe.key) else { return }
    if let converged = metadata.highlights["converged"]?.boolean {
      if converged {
        stages[job.stage].converged += 1
      } else {
        stages[job.stage].notConverged += 1
        doubts.append((plan.name(of: job), metadata.highlights["doubt"]?.text ?? "no reason given"))
      }
    }
    stages[job.stage].numbers.add(metadata.highlights)
  }

  private mutating func look(
    _ job: PlannedJob, _ place: Int, _ plan: Plan, _ store: Store, _ state: Activity.State
  ) {
    switch state {
    case .idle: stages[job.stage].missing += 1
    case .interrupted: stages[job.stage].interrupted += 1
    case .failed(let log):
      stages[job.stage].failed += 1
      failures.append(Failure(name: plan.name(of: job), key: job.recipe.key, log: log))
    case .running(let holder):
      let progress = ProgressFile(store, key: job.recipe.key).read()
      stages[job.stage].running += 1
      if let progress, progress.total > 0 {
        stages[job.stage].begun += min(1, Double(progress.done) / Double(progress.total))
      }
      running.append(
        Running(
          name: plan.name(of: job), key: job.recipe.key, stage: job.stage, job: place,
          holder: holder, progress: progress))
    }
  }

  var isComplete: Bool { stages.allSatisfy { $0.cached == $0.jobs } }
}

extension StatusReport {
  var json: Value {
    .record([
      "experiment": .text(experiment), "complete": .boolean(isComplete),
      "stages": .list(stages.map(Self.json)),
      "running": .list(
        running.map {
          .record([
            "id": .text($0.name), "key": .text($0.key.description), "holder": .text($0.holder),
            "done": $0.progress.map { .integer($0.done) } ?? .null,
            "total": $0.progress.map { .integer($0.total) } ?? .null,
            "note": $0.progress.map { .text($0.note) } ?? .null,
            "workerLog": $0.workerLog.map(Value.text) ?? .null,
            "secondsLeft": ($0.progress?.secondsLeft).map(Value.number) ?? .null,
          ])
        }),
      "failures": .list(
        failures.map {
          .record([
            "id": .text($0.name), "key": .text($0.key.description),
            "log": .list($0.log.map(Value.text)),
          ])
        }),
      "prefixes": .list(
        prefixes.map {
          .record([
            "id": .text($0.name), "steps": .integer($0.steps), "wanted": .integer($0.wanted),
          ])
        }),
      "doubts": .list(doubts.map { .record(["id": .text($0.name), "doubt": .text($0.text)]) }),
    ])
  }

  private static func json(_ stage: Stage) -> Value {
    .record([
      "stage": .text(stage.name), "kind": .text(stage.kind), "jobs": .integer(stage.jobs),
      "cached": .integer(stage.cached), "running": .integer(stage.running),
      "interrupted": .integer(stage.interrupted), "failed": .integer(stage.failed),
      "missing": .integer(stage.missing), "soFar": .integer(stage.prefixes),
      "converged": .integer(stage.converged),
      "notConverged": .integer(stage.notConverged),
      "queue": stage.queue?.json ?? .null,
      "highlights": .record(
        Record(
          stage.numbers.ranges.map { name, range in
            (name, .list([.number(range.lowerBound), .number(range.upperBound)]))
          })),
    ])
  }
}
