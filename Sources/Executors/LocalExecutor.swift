public import Artifacts
internal import ContentHash
internal import FileSystem
internal import Glibc
public import Pipeline
internal import Processes
internal import Values

/// Runs a plan on this machine: light jobs in batches here, every other job in a process of its own.
///
/// One thread, one loop: start what is ready, wait for a signal, collect what ended. Several
/// executors, here or on other hosts, may work on one store at once; leases keep them apart.
public struct LocalExecutor {
  /// How a run uses this machine.
  public struct Settings: Sendable {
    /// How many processes work at once.
    public var jobs: Int
    /// Whether the first failure ends the run.
    public var failFast: Bool
    /// Bytes of address space a job may use; nil for no limit.
    public var memoryLimit: Int?
    /// The program that does one job when called with `work FILE --store DIR`.
    public var worker: ProgramFile

    /// Settings; there is no limit of memory unless one is given.
    public init(
      jobs: Int, failFast: Bool = false, memoryLimit: Int? = nil, worker: ProgramFile
    ) {
      self.jobs = jobs
      self.failFast = failFast
      self.memoryLimit = memoryLimit
      self.worker = worker
    }
  }

  static let batchSize = 512

  let plan: Plan
  let runner: JobRunner
  let settings: Settings
  let onEvent: (Event) -> Void
  var index: StoreIndex
  var leases: LeaseBook
  /// By stage.
  let projects: [Path]
  var queue: JobQueue
  var summary = RunSummary()
  var running: [pid_t: Running] = [:]
  var signals: SignalQueue
  private let rhythm: Duration
  private var lastBeat = ContinuousClock.now
  /// Artifacts that could not be taken over in the place of an equal one.
  private var unfit: Set<Digest> = []
  var stopping = false
  /// What this run needs, posted before its plan looked at the store.
  private let lease: RunLease?
  /// nil when this process works for itself.
  let team: (any Collaboration)?
  var watch: ForeignWatch

  /// A job in a process of its own.
  struct Running {
    let job: Int
    let process: ChildProcess
    let lease: Lease
    let staging: Staging
    let began: ContinuousClock.Instant
    let origin: Event.Origin
  }

  /// What carries out a plan on this machine; nothing starts before `run`.
  public init(
    plan: Plan, index: StoreIndex, runner: JobRunner, settings: Settings, lease: RunLease? = nil,
    team: (any Collaboration)? = nil, onEvent: @escaping (Event) -> Void
  ) {
    self.plan = plan
    self.index = index
    self.runner = runner
    self.settings = settings
    self.lease = lease
    self.onEvent = onEvent
    let patience = team?.patience ?? LeaseBook.patience
    leases = LeaseBook(runner.store, patience: patience)
    for holder in team?.suspects ?? [] { leases.suspect(holder) }
    rhythm = LeaseBook.rhythm(patience: patience)
    projects = plan.stages.map(\.projectFolder)
    queue = JobQueue(plan, start: team?.start ?? 0)
    self.team = team
    watch = ForeignWatch(isShared: team != nil, longest: rhythm)
    signals = SignalQueue(warning: team != nil)
  }

  /// Runs until nothing can run any more, or a signal asks to stop.
  public mutating func run() throws -> RunSummary {
    defer { signals.restore() }
    while true {
      if !stopping { try startReady() }
      if running.isEmpty && (stopping || queue.isExhausted || hasWaitedLong()) { break }
      wait()
      try collectEnded()
      leaveInTime()
      if !stopping { try pollForeign() }
      beat()
      showProgress()
    }
    summary.open = queue.open
    return summary
  }

  /// Whether others hold all that is left, for so long that this place is better given up.
  private mutating func hasWaitedLong() -> Bool {
    guard let team else { return false }
    return watch.idle(isIdle: running.isEmpty) > team.linger
  }

  /// Makes way before the time limit, whether or not the cluster's warning arrived.
  private mutating func leaveInTime() {
    guard !stopping, let deadline = team?.deadline, ContinuousClock.now > deadline else { return }
    stop(SIGUSR1, isRequested: true)
  }

  // MARK: Starting

  private mutating func startReady() throws {
    if team != nil { index.refresh() }
    while let first = queue.nextReady() {
      guard isOurs(first) else { continue }
      if isLight(first) {
        var batch = [first]
        while batch.count < Self.batchSize, let next = queue.nextReady(where: isLight) {
          if isOurs(next) { batch.append(next) }
        }
        try runBatch(batch)
        try handleSignals(milliseconds: 0)
        if stopping { return }
      } else if running.count < settings.jobs {
        try start(first)
      } else {
        queue.putBack(first)
        team?.hasPlenty()
        return
      }
    }
  }

  /// Sorts out what somebody else has to do, or nobody.
  private mutating func isOurs(_ job: Int) -> Bool {
    if let cached = queue.provisional(job) {
      if isCurrent(cached, job) {
        queue.finish(job, cached)
        return false
      }
      queue.reopen(job)
      summary.reopened += 1
      onEvent(.reopened(job: job))
    }
    guard let team else { return true }
    if index.contains(plan.jobs[job].recipe.key), let record = present(job) {
      finish(job, record, .shared, seconds: 0)
      return false
    }
    if team.hasFailed(job) {
      giveUp(job)
      return false
    }
    guard !team.suits(job) else { return true }
    team.hasPlenty()
    _ = queue.postpone(job)
    return false
  }

  private func isLight(_ job: Int) -> Bool {
    plan.stages[plan.jobs[job].stage].declaration.isLight
  }

  /// What a job's inputs turned out to be.
  private func inputs(of place: Int) -> [ArtifactMetadata.Input] {
    plan.inputs(of: plan.jobs[place]).compactMap { slot, input in
      queue.record(of: input).map {
        ArtifactMetadata.Input(slot: slot, key: $0.key, content: $0.content)
      }
    }
  }

  /// Whether an artifact of a job was made of what its inputs turned out to be.
  private func isCurrent(_ record: IndexRecord, _ place: Int) -> Bool {
    let contents = inputs(of: place).map { ($0.slot, $0.content) }
    return record.result == plan.jobs[place].recipe.content(of: contents).result
  }

  /// The job's description with what its inputs turned out to be.
  private mutating func describe(_ place: Int) -> JobDescription {
    let job = plan.jobs[place]
    let predecessor: Digest? =
      switch action(of: job) {
      case .extend(_, let key), .cut(_, let key): key
      case .run, .reuse: nil
      }
    return JobDescription(
      recipe: job.recipe, label: plan.name(of: job), parameters: plan.parameters(of: job),
      inputs: inputs(of: place), predecessor: predecessor, project: projects[job.stage],
      command: runner.environment["command"]?.text ?? "", build: settings.worker.build)
  }

  /// What was planned, unless this run made a part of the chain meanwhile.
  private mutating func action(of job: PlannedJob) -> PlannedJob.Action {
    job.recipe.length == nil
      ? job.action : Plan.action(for: job.recipe, in: &index, kernel: plan.kernel)
  }

  /// What the store holds of a job, made of what its inputs hold now, and not what it is to replace.
  mutating func present(_ job: Int) -> IndexRecord? {
    guard let record = index.artifact(plan.jobs[job].recipe.key), isCurrent(record, job),
      record.stamp != plan.jobs[job].outdated?.record.stamp
    else { return nil }
    return record
  }

  /// nil when the artifact appeared meanwhile or somebody else works on it.
  private mutating func claim(_ job: Int) throws -> Lease? {
    let key = plan.jobs[job].recipe.key
    switch try leases.claim(key) {
    case .held(let holder):
      if queue.postpone(job) { onEvent(.waiting(job: job, holder: holder)) }
      return nil
    case .granted(let lease):
      if let record = present(job), index.isDescribed(record) {
        lease.release()
        finish(job, record, .shared, seconds: 0)
        return nil
      }
      return lease
    }
  }

  /// An equal result under another recipe that is whole enough to be taken over.
  private mutating func equal(_ result: Digest, of job: Int) -> IndexRecord? {
    guard plan.jobs[job].outdated == nil, let record = index.artifact(result: result),
      record.key != plan.jobs[job].recipe.key, !unfit.contains(record.key),
      index.isDescribed(record)
    else { return nil }
    return record
  }

  private mutating func start(_ job: Int) throws {
    let description = describe(job)
    let result = description.result
    if let equal = equal(result, of: job) { return try runBatch([job], equal: equal) }
    guard let lease = try claim(job) else { return }
    switch team?.begin(job) ?? .proceed {
    case .proceed: break
    case .postpone:
      lease.release()
      _ = queue.postpone(job)
      return
    case .fail(let reason):
      fail(job, reason: reason)
      lease.release()
      return
    case .giveUp:
      lease.release()
      return giveUp(job)
    }
    // A damaged artifact in the way is moved aside before its place is needed.
    if runner.store.folder(of: description.recipe.key).exists {
      try runner.store.setAside(description.recipe.key)
    }
    let staging = try runner.store.stage("job-\(description.recipe.key.short)")
    let process = try settings.worker.start(
      description, in: staging, of: runner.store, memoryLimit: settings.memoryLimit)
    running[process.pid] = Running(
      job: job, process: process, lease: lease, staging: staging, began: .now,
      origin: origin(of: plan.jobs[job]))
    onEvent(.began(job: job))
  }

  /// Light jobs, and equal results taken over: staged one by one, committed together.
  private mutating func runBatch(_ jobs: [Int], equal: IndexRecord? = nil) throws {
    var batch: [(job: Int, lease: Lease, staging: Staging, metadata: ArtifactMetadata)] = []
    defer { for entry in batch { entry.lease.release() } }
    let began = ContinuousClock.now
    for job in jobs {
      guard let lease = try claim(job) else { continue }
      let description = describe(job)
      do {
        if runner.store.folder(of: description.recipe.key).exists {
          try runner.store.setAside(description.recipe.key)
        }
        let equal = equal ?? self.equal(description.result, of: job)
        let made = try runner.stage(description, equal: equal)
        batch.append((job, lease, made.staging, made.metadata))
      } catch let error as StoreError {
        lease.release()
        throw error
      } catch let error as Unfit {
        lease.release()
        unfit.insert(error.key)
        queue.putBack(job)
      } catch {
        _ = team?.end(job, .failed(reason: "\(error)"))
        lease.release()
        fail(job, reason: "\(error)")
      }
    }
    let records = try runner.store.commit(batch.map { ($0.staging, $0.metadata) })
    index.add(records)
    let seconds = (ContinuousClock.now - began) / .seconds(1) / Double(max(batch.count, 1))
    for (entry, record) in zip(batch, records) {
      let adopted = entry.metadata.provenance["sameContentAs"] != nil
      finish(entry.job, record, adopted ? .adopted : .made, seconds: seconds)
    }
  }

  mutating func finish(
    _ job: Int, _ record: IndexRecord, _ origin: Event.Origin, seconds: Double
  ) {
    switch origin {
    case .adopted: summary.adopted += 1
    case .shared: summary.shared += 1
    case .made, .extended, .cut: summary.made += 1
    }
    if origin != .shared { watch.worked() }
    queue.finish(job, record)
    onEvent(.finished(job: job, origin, seconds: seconds))
  }

  private mutating func origin(of job: PlannedJob) -> Event.Origin {
    switch action(of: job) {
    case .extend: .extended
    case .cut: .cut
    case .run, .reuse: .made
    }
  }

  // MARK: Waiting

  private mutating func wait() {
    let pause = queue.hasForeign ? watch.pause(isBusy: !running.isEmpty) : 1000
    try? handleSignals(milliseconds: pause)
  }

  mutating func handleSignals(milliseconds: Int) throws {
    guard let signal = signals.wait(milliseconds: milliseconds) else { return }
    if signal != SIGCHLD { stop(signal, isRequested: true) }
  }

  /// Asks every worker to write its checkpoint and end; a second request kills them.
  mutating func stop(_ signal: Int32, isRequested: Bool) {
    if isRequested { summary.signal = signal }
    for entry in running.values { entry.process.send(stopping ? SIGKILL : SIGTERM) }
    if isRequested && !stopping { onEvent(.interrupted) }
    stopping = true
  }

  private mutating func beat() {
    guard ContinuousClock.now - lastBeat > rhythm else { return }
    lastBeat = .now
    lease?.beat()
    for entry in running.values { entry.lease.beat() }
  }

  private func showProgress() {
    for entry in running.values {
      let key = plan.jobs[entry.job].recipe.key
      if let progress = ProgressFile(runner.store, key: key).read() {
        onEvent(.progressed(job: entry.job, progress))
      }
    }
  }
}
