internal import ContentHash
internal import FileSystem

/// What workers tell each other about jobs, in files whose names say it: one listing shows all.
struct Marks {
  let folder: Path
  private(set) var failed: Set<Digest> = []
  private(set) var memoryLevels: [Digest: Int] = [:]
  /// How often a memory can be doubled at all.
  static let highestLevel = 32

  init(_ submission: Submission) {
    folder = submission.folder
    refresh()
  }

  mutating func refresh() {
    failed = Set(names("failed").compactMap { Digest($0) })
    memoryLevels = [:]
    for name in names("memory") {
      let parts = name.split(separator: "-")
      guard parts.count == 2, let key = Digest(parts[0]), let level = Int(parts[1]),
        (0...Self.highestLevel).contains(level)
      else { continue }
      memoryLevels[key] = max(level, memoryLevels[key] ?? 0)
    }
  }

  private func names(_ part: String) -> [String] { (try? (folder / part).names()) ?? [] }

  func memoryLevel(of key: Digest) -> Int { memoryLevels[key] ?? 0 }

  mutating func raiseMemory(of key: Digest, to level: Int) {
    memoryLevels[key] = level
    try? (folder / "memory" / "\(key)-\(level)").write("")
  }

  mutating func fail(_ key: Digest, reason: String) {
    failed.insert(key)
    try? (folder / "failed" / "\(key)").replace(with: Array(reason.utf8))
  }

  func reason(_ key: Digest) -> String? { try? (folder / "failed" / "\(key)").readText() }

  /// A person submits again: what failed gets another chance.
  mutating func forgetFailures() -> Int {
    let names = names("failed")
    for name in names { (folder / "failed" / name).remove() }
    failed = []
    return names.count
  }

  // MARK: Attempts

  /// Somebody who began a job and did not end it, in one line.
  struct Attempt {
    /// SLURM_JOB_ID, the same over restarts.
    let job: Int
    let restart: Int
    let memoryLevel: Int
    /// When the chain's checkpoint was last written, as the worker found it.
    let checkpoint: Int
    /// The job as its log is named: 12_3.
    let seat: String
    /// Its process as a lease names it.
    let holder: String
    /// The worker was stopped by its time limit and had no checkpoint to show.
    var outOfTime = false

    var line: String {
      "\(job) \(restart) \(memoryLevel) \(checkpoint) \(outOfTime ? "time" : "open") \(seat) \(holder)\n"
    }

    init(job: Int, restart: Int, memoryLevel: Int, checkpoint: Int, seat: String, holder: String) {
      self.job = job
      self.restart = restart
      self.memoryLevel = memoryLevel
      self.checkpoint = checkpoint
      self.seat = seat
      self.holder = holder
    }

    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      let numbers = words.prefix(4).compactMap { Int($0) }
      guard numbers.count == 4, words.count == 7 else { return nil }
      self.init(
        job: numbers[0], restart: numbers[1], memoryLevel: numbers[2], checkpoint: numbers[3],
        seat: String(words[5]), holder: String(words[6]))
      outOfTime = words[4] == "time"
    }
  }

  var begunKeys: [Digest] { names("attempts").compactMap { Digest($0) } }

  func attempts(_ key: Digest) -> [Attempt] { Self.attempts(of: key, in: folder) }

  static func attempts(of key: Digest, in folder: Path) -> [Attempt] {
    let text = (try? (folder / "attempts" / "\(key)").readText()) ?? ""
    return text.split(separator: "\n").compactMap { Attempt($0) }
  }

  func setAttempts(_ key: Digest, _ attempts: [Attempt]) {
    let path = folder / "attempts" / "\(key)"
    if attempts.isEmpty {
      path.remove()
    } else {
      try? path.replace(with: Array(attempts.map(\.line).joined().utf8))
    }
  }
}
