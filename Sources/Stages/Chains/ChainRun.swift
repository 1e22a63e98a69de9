internal import Artifacts
internal import FileSystem
internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Values

/// Runs the replicas of a chain to a length, or to a target within it: from nothing, from a
/// checkpoint, from a shorter cached chain; or cuts a longer one. All four give the same rows.
struct ChainRun {
  let job: Job
  let chains: [any Chain]
  /// The most steps it may take.
  let limit: Int
  /// What ends it earlier.
  let target: ConvergenceTarget?
  /// What comes before the first step of chains that start from nothing.
  var prepare: () throws -> Void = {}
  var rows: [[Double]]
  /// Steps in `rows`, which a checkpoint may have taken beyond the chain's end.
  private var done = 0
  /// Whether the chains stand at step `done`.
  private var isLive = true

  /// Seconds between checkpoints; a matter of convenience, never of results.
  static let checkpointInterval: Duration = .seconds(20)

  init(_ job: Job, chains: [any Chain], limit: Int, target: ConvergenceTarget?) {
    self.job = job
    self.chains = chains
    self.limit = limit
    self.target = target
    rows = Array(repeating: [], count: chains.count)
  }

  var columns: [Column] { chains.first?.columns ?? [] }
  var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// Runs, writes `/chain`, `/timing`, `/diagnostics` and `/goal` of the artifact, and tells how it
  /// went.
  mutating func write(to file: HDF5File) throws -> Record {
    if let longer = job.predecessor, longer.length >= limit {
      try cut(longer)
    } else {
      try resume()
    }
    var highlights: Record = ["replicas": .integer(chains.count)]
    var length = limit
    if let target {
      let outcomes = try run(until: target)
      length = outcomes.last?.length ?? limit
      try write(outcomes, of: target, to: file)
      for (name, value) in target.highlights(of: outcomes).elements { highlights[name] = value }
    } else {
      try advance(to: limit)
    }
    highlights["steps"] = .integer(length)
    if isLive {
      // Rows beyond the end belong to the state: whoever continues does not make them again.
      let state = ChainArchive(
        states: chains.map(\.state), rows: rows.map { Array($0[(length * width)...]) }, steps: done)
      try job.stateOutput.write(try state.encode())
    }
    try writeColumns(length, to: file)
    return highlights
  }

  /// Looks at each of the target's lengths, until it is reached or the chain is at its end.
  private mutating func run(
    until target: ConvergenceTarget
  ) throws -> [ConvergenceTarget.Outcome] {
    var outcomes: [ConvergenceTarget.Outcome] = []
    for length in ConvergenceTarget.lengths(upTo: limit) {
      try advance(to: length)
      let outcome = target.outcome(of: try series(target.observable, length))
      outcomes.append(outcome)
      if target.isReached(by: outcome) { break }
    }
    return outcomes
  }

  /// Takes what is needed of a cached chain that is long enough.
  private mutating func cut(_ longer: Job.Predecessor) throws {
    try readRows(from: longer, count: limit)
    done = limit
    isLive = false
    guard longer.length == limit, let archive = try? ChainArchive(decoding: longer.state),
      archive.steps == limit, archive.states.count == chains.count
    else { return }
    try restore(archive.states)
    isLive = true
  }

  /// Takes the longest of what is there: the checkpoint of a killed run or a cached shorter chain;
  /// where neither fits, the chain begins from nothing.
  private mutating func resume() throws {
    if let checkpoint = fittingCheckpoint() {
      try restore(checkpoint.states)
      rows = checkpoint.rows
      done = checkpoint.steps
    } else if let shorter = job.predecessor, let archive = fittingState(of: shorter) {
      try restore(archive.states)
      try readRows(from: shorter, count: shorter.length)
      for replica in rows.indices { rows[replica] += archive.rows[replica] }
      done = archive.steps
    }
    if done > 0 { print("continuing after step \(done) of \(limit)") } else { try prepare() }
  }

  private func fittingCheckpoint() -> ChainArchive? {
    guard let bytes = job.checkpoints.load(), let archive = try? ChainArchive(decoding: bytes),
      archive.states.count == chains.count, archive.steps > (job.predecessor?.length ?? -1),
      // A checkpoint with other columns is another program's.
      archive.rows.allSatisfy({ $0.count == archive.steps * width })
    else { return nil }
    return archive
  }

  /// nil also when the rows that it is ahead of the artifact are of other columns.
  private func fittingState(of shorter: Job.Predecessor) -> ChainArchive? {
    guard let archive = try? ChainArchive(decoding: shorter.state),
      archive.states.count == chains.count
    else { return nil }
    let ahead = archive.steps - shorter.length
    guard ahead >= 0, archive.rows.allSatisfy({ $0.count == ahead * width }) else { return nil }
    return archive
  }

  private func restore(_ states: [ChainState]) throws {
    for (chain, state) in zip(chains, states) { try chain.restore(state) }
  }

  private mutating func advance(to length: Int) throws {
    var checkpoints = job.checkpoints
    var lastSave = ContinuousClock.now
    var lastReport = lastSave
    for replica in rows.indices { rows[replica].reserveCapacity(length * width) }
    while done < length {
      for replica in chains.indices { chains[replica].advance(into: &rows[replica]) }
      done += 1
      let now = ContinuousClock.now
      if now - lastReport > .milliseconds(500) {
        lastReport = now
        job.report(Job.Progress(done: done, total: limit, note: note))
      }
      let mustStop = job.shouldStop()
      if mustStop || now - lastSave > Self.checkpointInterval {
        lastSave = now
        try checkpoints.save(archive.encode())
      }
      if mustStop { throw Interrupted() }
    }
  }

  private var archive: ChainArchive {
    ChainArchive(states: chains.map(\.state), rows: rows, steps: done)
  }

  /// The mean of the acceptance so far, which every chain records in some form.
  private var note: String {
    var offset = 0
    for column in columns {
      if column.name == "accepted" || column.name == "acceptance" {
        let values = stride(from: offset, to: rows[0].count, by: width).map { rows[0][$0] }
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        return "acceptance \((mean * 1000).rounded() / 1000)"
      }
      offset += column.width
    }
    return ""
  }
}

extension ChainRun {
  /// Rows of a cached chain, gathered back from its columns.
  fileprivate mutating func readRows(from source: Job.Predecessor, count: Int) throws {
    let file = try HDF5File(opening: source.data.description)
    let width = width
    rows = chains.map { _ in [Double](repeating: 0, count: count * width) }
    var offset = 0
    for column in columns {
      // A chain that was made before a part was timed has no time of it.
      let isThere = try !column.isTiming || file.exists(column.path)
      let size = chains.count * source.length * column.width
      let values =
        isThere ? try file.doubles(at: column.path) : [Double](repeating: .nan, count: size)
      // What is missing in a foreign file shall not read beyond its end.
      guard values.count == size else {
        throw StageFailure("the cached chain has another shape of \(column.name)")
      }
      for replica in chains.indices {
        for step in 0..<count {
          let from = (replica * source.length + step) * column.width
          let to = step * width + offset
          for part in 0..<column.width { rows[replica][to + part] = values[from + part] }
        }
      }
      offset += column.width
    }
  }

  fileprivate func writeColumns(_ length: Int, to file: HDF5File) throws {
    var offset = 0
    let width = width
    for column in columns {
      var values: [Double] = []
      values.reserveCapacity(chains.count * length * column.width)
      for replica in chains.indices {
        for step in 0..<length {
          let start = step * width + offset
          values += rows[replica][start..<(start + column.width)]
        }
      }
      try file.write(
        values, to: column.path, shape: [chains.count, length] + column.shape,
        compression: .deflate(1))
      try file.describe(
        column.path, symbol: column.symbol, unit: column.unit, summary: column.summary)
      let axes = ["replica", "step"] + column.shape.indices.map { "index\($0)" }
      try file.setAttribute("axes", axes, of: column.path)
      // `spins` are known by their name: the content of chains that have them stays as it was.
      if column.isConfiguration && column.name != "spins" {
        try file.setAttribute(
          ArrayChoice.roleAttribute, ArrayChoice.configuration, of: column.path)
      }
      offset += column.width
    }
    try file.createGroup("/diagnostics")
    for (place, fact) in (chains.first?.facts ?? []).enumerated() {
      let path = "/diagnostics/\(fact.name)"
      try file.write(chains.map { $0.facts[place].value }, to: path)
      try file.describe(path, unit: fact.unit, summary: fact.summary)
    }
  }
}

extension Column {
  /// Durations go where the content digest does not look.
  var path: String { (isTiming ? "/timing/" : "/chain/") + name }
}
