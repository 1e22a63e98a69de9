public import Artifacts
internal import ContentHash
public import FileSystem
public import Pipeline

/// Compares what is left to do with the workers that are there, and asks the cluster for the rest.
/// A person's `submit`, a keeper and a worker that sees much new work all come here.
public struct Submitter {
  let submission: Submission
  let settings: ClusterSettings
  let store: Store
  /// The program on the shared file system.
  let program: Path

  /// What brings a plan to a cluster.
  public init(
    _ submission: Submission, settings: ClusterSettings, store: Store, program: Path
  ) {
    self.submission = submission
    self.settings = settings
    self.store = store
    self.program = program
  }

  /// What came of it.
  public struct Outcome: Sendable {
    /// What was submitted.
    public var arrays: [SubmittedArray] = []
    /// What would be or was handed to sbatch.
    public var scripts: [BatchScript] = []
    /// Workers that wait or run already.
    public var present = 0
    /// Jobs that are to do and for which there is or will be a worker.
    public var jobs = 0
    /// What the cluster's limits did, and what was not done.
    public var notes: [String] = []
  }

  /// Scripts for what is missing, without submitting anything.
  public func scripts(
    for plan: Plan, _ index: StoreIndex, queue: QueueSnapshot?, limits: ClusterLimits
  ) -> Outcome {
    var outcome = Outcome()
    let needs = Need.all(of: plan, settings, Marks(submission), index)
    outcome.jobs = needs.reduce(0) { $0 + $1.jobs }
    let arrays = submission.arrays.filter { !$0.isKeeper }
    var (allowance, limit) = (settings.workers, "`workers` of the profile")
    if let jobs = limits.jobs, jobs - (queue?.count ?? 0) - 1 < allowance {
      (allowance, limit) = (jobs - (queue?.count ?? 0) - 1, limits.source)
    }
    for (place, need) in needs.enumerated() {
      let kin = arrays.filter {
        $0.className == need.className && $0.memoryLevel == need.memoryLevel
      }
      let present = queue?.elements(of: kin.map(\.id)).reduce(0) { $0 + $1.count } ?? 0
      outcome.present += present
      let wanted = min(need.workers(settings), settings.workers) - present
      // What is left is shared evenly, so that no kind of work is left without a worker.
      let share = (allowance + needs.count - place - 1) / (needs.count - place)
      let width = max(min(wanted, share), 0)
      if width < wanted && width < settings.workers {
        outcome.notes.append(
          "\(need.className): \(width) workers instead of \(wanted), by \(limit)")
      }
      allowance -= width
      outcome.scripts += scripts(for: need, width: width, widest: limits.arraySize)
    }
    return outcome
  }

  /// As many arrays as the cluster's MaxArraySize makes necessary.
  private func scripts(for need: Need, width: Int, widest: Int) -> [BatchScript] {
    let widest = max(widest, 1)
    return stride(from: 0, to: width, by: widest).map { first in
      BatchScript(
        need, width: min(width - first, widest), part: first / widest, submission, settings,
        program: program, store: store.root)
    }
  }

  /// Asks the queue, submits what is missing, and a keeper behind it.
  public func submit(for plan: Plan, _ index: StoreIndex) throws -> Outcome {
    let limits = try ClusterLimits.ask(qos: settings.base.qos)
    var outcome = scripts(for: plan, index, queue: try .ask(), limits: limits)
    for script in outcome.scripts { outcome.arrays.append(try send(script)) }
    guard !outcome.arrays.isEmpty else { return outcome }
    let keeper = BatchScript(
      keeperOf: outcome.arrays.map(\.id), submission, settings, program: program,
      store: store.root)
    _ = try send(keeper)
    return outcome
  }

  private func send(_ script: BatchScript) throws -> SubmittedArray {
    let file = submission.folder / "scripts" / script.fileName
    try file.replace(with: Array(script.text.utf8))
    let answer = try SlurmProgram.output(["sbatch", "--parsable", file.description])
    // ID, or ID;CLUSTER; anything sbatch had to say stands before.
    let last = answer.split(separator: "\n").last ?? ""
    guard let id = last.split(separator: ";").first.flatMap({ Int($0) }) else {
      throw SlurmError("sbatch said `\(last)` instead of a job's number")
    }
    let array = SubmittedArray(
      id: id, className: script.need.className, memoryLevel: script.need.memoryLevel,
      width: script.width)
    try array.remember(in: submission)
    return array
  }
}

extension QueueSnapshot {
  /// Jobs of the user in the queue, each element counted.
  var count: Int { elements.reduce(0) { $0 + $1.count } }
}
