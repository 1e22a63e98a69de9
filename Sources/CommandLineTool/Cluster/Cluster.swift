internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Slurm

/// One experiment on one cluster, as the verbs see it.
struct Cluster {
  let submission: Submission
  let settings: ClusterSettings
  let store: Store
  let tool: Tool

  init(
    _ experiment: Experiment, _ arguments: Arguments, _ store: Store, _ tool: Tool
  ) throws {
    let request = SubmissionRequest(
      experiment, overrides: try tool.overrides(arguments),
      selection: try tool.selection(arguments))
    try self.init(Submission(request, in: store), experiment, store, tool)
  }

  init(
    _ submission: Submission, _ experiment: Experiment, _ store: Store, _ tool: Tool
  ) throws {
    guard let settings = ClusterSettings(experiment) else {
      throw VerbFailure("\(submission.name) was submitted without a cluster", .usage)
    }
    self.submission = submission
    self.settings = settings
    self.store = store
    self.tool = tool
  }

  private var submitter: Submitter {
    Submitter(submission, settings: settings, store: store, program: tool.program)
  }

  /// A person's wish: what failed before is tried again.
  func submit(_ plan: Plan, _ index: StoreIndex) throws -> Submitter.Outcome {
    let forgotten = submission.forgetFailures()
    var outcome = try exclusively { try submitter.submit(for: plan, index) }
    if forgotten > 0 {
      outcome.notes.append(
        "\(forgotten) job\(forgotten == 1 ? "" : "s") that failed will be tried again")
    }
    return outcome
  }

  /// What is missing now, by a keeper or a worker.
  func replenish(_ plan: Plan, _ index: StoreIndex) throws -> Submitter.Outcome {
    try exclusively { try submitter.submit(for: plan, index) }
  }

  /// Of all who would submit for this submission one does at a time, so that each sees the workers
  /// of the one before.
  private func exclusively<Result>(_ body: () throws -> Result) throws -> Result {
    var book = LeaseBook(store)
    let key = Digest(of: Array("submission/\(submission.name)".utf8))
    for _ in 0..<60 {
      if case .granted(let lease) = try book.claim(key) {
        defer { lease.release() }
        return try body()
      }
      sleep(1)
    }
    throw VerbFailure("another process has been submitting \(submission.name) for a minute", .store)
  }

  func showScripts(_ plan: Plan, _ index: StoreIndex) {
    // The dry run works without a cluster: then nothing is known of its limits and its queue.
    let limits = (try? ClusterLimits.ask(qos: settings.base.qos)) ?? ClusterLimits.unknown
    let queue = try? QueueSnapshot.ask()
    let outcome = submitter.scripts(for: plan, index, queue: queue, limits: limits)
    for script in outcome.scripts {
      tool.output.print("# ---- \(script.fileName)\n\(script.text)")
    }
    tell(outcome, isDry: true)
  }

  func tell(_ outcome: Submitter.Outcome, isDry: Bool = false) {
    func workers(_ count: Int) -> String { "\(count) worker\(count == 1 ? "" : "s")" }
    for array in outcome.arrays {
      let memory = array.memoryLevel > 0 ? ", memory x\(1 << array.memoryLevel)" : ""
      tool.output.print("job \(array.id): \(workers(array.width)) for \(array.className)\(memory)")
    }
    for note in outcome.notes { tool.output.print(note) }
    let present = outcome.present > 0 ? "; \(workers(outcome.present)) in the queue already" : ""
    let name = submission.request.experiment
    let mark = isDry ? "# " : ""
    if outcome.jobs == 0 {
      tool.output.print("\(mark)\(name): nothing that can be done\(present)")
    } else {
      let new = outcome.scripts.reduce(0) { $0 + $1.width }
      tool.output.print(
        "\(mark)\(name): \(outcome.jobs) jobs, \(workers(new)) "
          + "\(isDry ? "would be submitted" : "submitted")\(present)")
    }
    if !isDry && !outcome.arrays.isEmpty {
      tool.output.print("logs of the workers: \(submission.folder)/workers")
    }
  }
}
