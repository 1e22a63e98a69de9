internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Pipeline

extension SubmissionMember {
  public static let mostIdleRounds = 3

  public var cores: Int { resources.cores }

  /// Notes that this place was given up though work is left.
  public func leave() {
    try? (folder / "left" / "\(seat.job)").write("")
  }

  /// Whether jobs are left that need more memory than this worker had.
  public var leavesGreedyJobs: Bool {
    marks.refresh()
    return marks.memoryLevels.values.contains { $0 > ownLevel }
  }

  /// Finds out why those died who began a job and did not end it.
  public func examineTheDead() throws {
    var book = LeaseBook(store)
    let places = Dictionary(
      plan.jobs.indices.map { (plan.jobs[$0].recipe.key, $0) }
    ) { first, _ in first }
    for key in marks.begunKeys {
      guard let job = places[key], case .granted(let lease) = try book.claim(key) else { continue }
      examine(job)
      lease.release()
    }
  }

  /// Whether anything was done since the keeper's last rounds: else a further one is in vain.
  public func movesOn() -> Bool {
    let done = plan.jobs.count { $0.isDone }
    let saved =
      plan.jobs.filter { !$0.isDone }
      .map { CheckpointSlots(store, family: $0.recipe.family).lastSaved }.max() ?? 0
    let now = "\(done) \(saved) \(marks.memoryLevels.values.reduce(0, +)) \(marks.failed.count)"
    let path = folder / "rounds"
    let rounds = ((try? path.readText()) ?? "").split(separator: "\n").map(String.init)
    try? path.append(Array("\(now)\n".utf8))
    let last = rounds.suffix(Self.mostIdleRounds)
    return last.count < Self.mostIdleRounds || last.contains { $0 != now }
  }
}

extension Submission {
  /// - Returns: how many there were.
  public func forgetFailures() -> Int {
    (folder / "rounds").remove()
    var marks = Marks(self)
    return marks.forgetFailures()
  }

  /// Whether somebody cancelled every worker: a wish, not an accident.
  public var wasCancelled: Bool {
    let arrays = arrays.filter { !$0.isKeeper }
    let states = arrays.suffix(8).flatMap { JobFate.ofElements(of: $0.id) }
    return !states.isEmpty && states.allSatisfy { $0 == .cancelled }
  }
}
