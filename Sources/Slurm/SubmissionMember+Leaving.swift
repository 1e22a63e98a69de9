internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Pipeline
internal import Processes

extension SubmissionMember {
  /// After so many looks without work a worker leaves.
  public static let mostIdleRounds = 3

  /// How many jobs it may do at once.
  public var cores: Int { resources.cores }

  /// Notes that this place was given up though work is left.
  public func leave() {
    try? (folder / "left" / "\(seat.job)-\(ownClass)").write("")
  }

  /// Whether work of other resources is ready while those who could do it left before it was, or were
  /// never asked for. The first who sees it and asks for them takes the notes away.
  public func leavesOthersWork() -> Bool {
    var index = StoreIndex(store)
    var plan = plan
    plan.consult(&index)
    marks.refresh()
    let ready = plan.jobs.indices.filter { place in
      !plan.jobs[place].isDone && !suits(place) && !hasFailed(place)
        && plan.jobs[place].inputs.allSatisfy { plan.jobs[Int($0)].isDone }
    }
    let wanted = Set(ready.map { className(of: $0) }).subtracting([ownClass])
    guard !wanted.isEmpty else { return false }
    let asked = Set(Submission(opening: folder)?.arrays.map(\.className) ?? [])
    let left = folder / "left"
    let notes = ((try? left.names()) ?? []).filter { note in
      wanted.contains { note.hasSuffix("-\($0)") }
    }
    for note in notes { (left / note).remove() }
    return !notes.isEmpty || !wanted.isSubset(of: asked)
  }

  /// Workers that left because nothing was ready are asked for again, as new ones, when much is.
  public func hasPlenty() {
    guard ContinuousClock.now - lastCall > .seconds(20) else { return }
    lastCall = .now
    let left = folder / "left"
    guard let names = try? left.names(), !names.isEmpty else { return }
    for name in names { (left / name).remove() }
    called.removeAll { $0.collect() != nil }
    let keeper = try? SlurmProgram.start(
      [
        program.description, "join", folder.description, "--store", store.root.description,
        "--keeper",
      ], log: folder / "workers" / "\(seat.name)-called.log")
    if let keeper { called.append(keeper) }
  }

  /// Whether jobs are left that need more memory than this worker had.
  public var leavesGreedyJobs: Bool {
    marks.refresh()
    return marks.memoryLevels.values.contains { $0 > ownLevel }
  }

  /// Finds out why those died who began a job and did not end it, and lets go what they held.
  public func examineTheDead() {
    let places = Dictionary(
      plan.jobs.indices.map { (plan.jobs[$0].recipe.key, $0) }
    ) { first, _ in first }
    let book = LeaseBook(store)
    for key in marks.begunKeys {
      guard let job = places[key], let last = marks.attempts(key).last else { continue }
      let fate = last.job == seat.job ? .lost : fate(of: last)
      // One that was begun anew knows itself whom it follows.
      if case .alive = fate { continue }
      book.revoke(key, heldBy: last.holder)
      examine(job)
    }
  }

  /// The cluster began this worker anew: its process before is dead, or on a node that is cut off and
  /// works on.
  public var suspects: [String] {
    guard seat.restart > 0 else { return [] }
    return marks.begunKeys.compactMap { key in
      guard let last = marks.attempts(key).last, last.job == seat.job, last.restart < seat.restart
      else { return nil }
      return last.holder
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
