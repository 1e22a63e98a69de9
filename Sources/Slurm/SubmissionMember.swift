public import Artifacts
internal import ContentHash
public import Executors
public import FileSystem
public import Pipeline
internal import Processes

/// Where a worker is in the cluster, from what Slurm tells its jobs.
public struct WorkerSeat: Sendable {
  /// SLURM_JOB_ID, another for each element of an array.
  public let job: Int
  /// How often Slurm has started this job again.
  public let restart: Int
  /// The job as the queue shows it: 123_4 for an element of an array.
  public let name: String
  /// The element's number and how many the array has.
  let task: Int
  let tasks: Int
  /// Seconds between the job's beginning and its end. Both were set by the controller's clock, so
  /// their difference holds on a node whose clock is wrong.
  let duration: Int?

  /// - Parameter minutes: the time limit asked for, where Slurm does not tell its jobs (before 23.02).
  public init(_ environment: [String: String], minutes: Int? = nil) {
    func integer(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    let (job, task) = (integer("SLURM_JOB_ID") ?? 0, integer("SLURM_ARRAY_TASK_ID") ?? 0)
    self.job = job
    self.task = task
    restart = integer("SLURM_RESTART_COUNT") ?? 0
    tasks = integer("SLURM_ARRAY_TASK_COUNT") ?? 1
    name = integer("SLURM_ARRAY_JOB_ID").map { "\($0)_\(task)" } ?? "\(job)"
    if let start = integer("SLURM_JOB_START_TIME"), let end = integer("SLURM_JOB_END_TIME") {
      let (seconds, overflow) = end.subtractingReportingOverflow(start)
      duration = overflow ? nil : seconds
    } else {
      duration = minutes.map { min($0, 1 << 32) * 60 }
    }
  }
}

/// A worker's part in a submission: it takes what its resources suffice for, and notes for the others
/// what failed, what ran out of memory and what it began.
public final class SubmissionMember: Collaboration {
  /// The plan of what was submitted.
  public let plan: Plan
  private let settings: ClusterSettings
  let folder: Path
  let store: Store
  let seat: WorkerSeat
  private let classes: [String]
  let ownClass: String
  let ownLevel: Int
  var marks: Marks
  private var began: [Int: ContinuousClock.Instant] = [:]
  private let birth = ContinuousClock.now
  /// The program to call when workers that left are needed again.
  let program: Path
  var lastCall = ContinuousClock.now
  /// Those that were called, to be collected when they have ended.
  var called: [ChildProcess] = []
  /// After so many workers died over a job without a cause that is known, it is the job's fault.
  private static let mostDeaths = 4

  /// A worker of a submission on its seat.
  public init(
    _ submission: Submission, plan: Plan, settings: ClusterSettings, store: Store,
    seat: WorkerSeat, className: String, memoryLevel: Int, program: Path
  ) {
    self.program = program
    self.plan = plan
    self.settings = settings
    self.store = store
    self.seat = seat
    let names = plan.stages.map(\.name)
    classes = names.map { settings.className(of: $0, in: names) }
    ownClass = className
    ownLevel = memoryLevel
    marks = Marks(submission)
    folder = submission.folder
  }

  public var start: Double {
    seat.tasks > 1 ? Double(seat.task % seat.tasks) / Double(seat.tasks) : 0
  }

  public var linger: Duration { .seconds(settings.linger) }

  public var patience: Duration { .seconds(settings.patience) }

  public var deadline: ContinuousClock.Instant? {
    seat.duration.map { birth + .seconds(max($0 - settings.lead, 1)) }
  }

  public func refresh() { marks.refresh() }

  public func hasFailed(_ job: Int) -> Bool { marks.failed.contains(key(job)) }

  public func suits(_ job: Int) -> Bool {
    let stage = plan.jobs[job].stage
    return (classes[stage] == ownClass || plan.stages[stage].declaration.isLight)
      && marks.memoryLevel(of: key(job)) <= ownLevel
  }

  func className(of job: Int) -> String { classes[plan.jobs[job].stage] }

  private func key(_ job: Int) -> Digest { plan.jobs[job].recipe.key }

  /// What this worker has, at its first attempt's memory.
  var resources: Resources {
    let stage = zip(plan.stages, classes).first { $0.1 == ownClass }?.0
    return stage.map { settings.resources(of: $0.name) } ?? settings.base
  }

  // MARK: Attempts

  public func begin(_ job: Int) -> Verdict {
    let key = key(job)
    // Under the lease: whoever had it before has noted what came of it.
    marks.refresh()
    if marks.failed.contains(key) { return .giveUp }
    guard suits(job) else { return .postpone }
    let checkpoint = checkpoint(of: job)
    var attempts = marks.attempts(key)
    // A chain that came further is no victim of its workers.
    if attempts.last.map({ $0.checkpoint != checkpoint }) == true { attempts = [] }
    if let last = attempts.last {
      let verdict = judge(last, attempts, job)
      guard case .proceed = verdict else { return verdict }
    }
    began[job] = .now
    attempts.append(
      Marks.Attempt(
        job: seat.job, restart: seat.restart, memoryLevel: ownLevel, checkpoint: checkpoint,
        seat: seat.name, holder: ProcessIdentity.current.tag))
    marks.setAttempts(key, attempts)
    return .proceed
  }

  /// Draws the conclusion from a dead worker's attempt without making another.
  func examine(_ job: Int) {
    let attempts = marks.attempts(key(job))
    if let last = attempts.last { _ = judge(last, attempts, job) }
  }

  /// What the end of the worker before says about the job.
  private func judge(_ last: Marks.Attempt, _ all: [Marks.Attempt], _ job: Int) -> Verdict {
    if last.outOfTime {
      guard all.count(where: \.outOfTime) >= 2 else { return .proceed }
      return give(up: job, "does not end within its worker's time limit, and keeps no checkpoint")
    }
    switch fate(of: last) {
    case .outOfMemory: return needsMemory(job, after: last.memoryLevel)
    case .alive(let restarts) where restarts <= last.restart && last.job != seat.job:
      // Its worker is on its way out; the reason is known when it is gone.
      return .postpone
    case .alive, .lost, .cancelled, .outOfTime: return .proceed
    case .failed, .completed, .unknown:
      guard all.count >= Self.mostDeaths else { return .proceed }
      return give(up: job, "\(all.count) workers died over it")
    }
  }

  /// A worker that was killed for its memory is only FAILED where no cgroup limits it; slurmstepd
  /// says why in the worker's log.
  func fate(of attempt: Marks.Attempt) -> JobFate {
    let fate = JobFate.of(job: attempt.job)
    guard [.failed, .unknown, .cancelled].contains(fate) else { return fate }
    let log = (try? (folder / "workers" / "\(attempt.seat).log").readText()) ?? ""
    let said = log.split(separator: "\n").reversed().prefix { !$0.contains("Z began ") }
    let signs = ["exceeded memory limit", "oom-kill", "oom_kill", "Out Of Memory"]
    return said.contains { line in signs.contains { line.contains($0) } } ? .outOfMemory : fate
  }

  private func needsMemory(_ job: Int, after level: Int) -> Verdict {
    let needed = max(level + 1, marks.memoryLevel(of: key(job)))
    let stage = plan.stages[plan.jobs[job].stage].name
    let memory = settings.resources(of: stage).memory
    guard needed <= settings.memoryRetries else {
      return give(up: job, "ran out of memory with \(memory << level) MB")
    }
    marks.raiseMemory(of: key(job), to: needed)
    marks.setAttempts(key(job), [])
    return needed <= ownLevel ? .proceed : .postpone
  }

  private func give(up job: Int, _ reason: String) -> Verdict {
    marks.fail(key(job), reason: reason)
    marks.setAttempts(key(job), [])
    return .fail(reason: reason)
  }

  public func end(_ job: Int, _ ending: JobEnding) -> Verdict {
    let key = key(job)
    defer { began[job] = nil }
    switch ending {
    case .committed: marks.setAttempts(key, [])
    case .failed(let reason): return give(up: job, reason)
    case .killed: return needsMemory(job, after: ownLevel)
    case .interrupted: noteInterruption(job)
    }
    return .proceed
  }

  /// A job that had most of its worker's time and has no checkpoint would never end.
  private func noteInterruption(_ job: Int) {
    var attempts = marks.attempts(key(job))
    let hadTime = began[job].map { .now - $0 > ($0 - birth) + .seconds(1) } ?? false
    // Slurm's warning may come a minute early.
    guard hadTime, checkpoint(of: job) == 0, let deadline, .now + .seconds(90) > deadline else {
      return marks.setAttempts(key(job), [])
    }
    let last = attempts.indices.last
    if let last { attempts[last].outOfTime = true }
    marks.setAttempts(key(job), attempts)
  }

  /// When the job's checkpoint was written last; 0 without one.
  private func checkpoint(of job: Int) -> Int {
    CheckpointSlots(store, family: plan.jobs[job].recipe.family).lastSaved
  }
}
