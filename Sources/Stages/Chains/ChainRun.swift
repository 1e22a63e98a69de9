internal import Artifacts
internal import FileSystem
internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Values

/// Runs the replicas of a chain to a length: from nothing, from a checkpoint, from a shorter cached
/// chain; or cuts a longer one. All four give the same rows.
struct ChainRun {
  let job: Job
  let chains: [any Chain]
  let length: Int
  /// What comes before the first step of chains that start from nothing.
  var prepare: () throws -> Void = {}
  private var rows: [[Double]]
  private var done = 0

  /// Seconds between checkpoints; a matter of convenience, never of results.
  static let checkpointInterval: Duration = .seconds(20)

  init(_ job: Job, chains: [any Chain], length: Int) {
    self.job = job
    self.chains = chains
    self.length = length
    rows = Array(repeating: [], count: chains.count)
  }

  var columns: [Column] { chains.first?.columns ?? [] }
  private var width: Int { columns.reduce(0) { $0 + $1.width } }

  /// Runs and writes `/chain`, `/timing` and `/diagnostics` of the artifact.
  mutating func write(to file: HDF5File) throws {
    if let longer = job.predecessor, longer.length > length {
      try readRows(from: longer, count: length)
      done = length
    } else {
      try resume()
      try advance()
      let state = ChainArchive(
        states: chains.map(\.state), rows: chains.map { _ in [] }, steps: done)
      try job.stateOutput.write(try state.encode())
    }
    try writeColumns(to: file)
  }

  /// Takes the longest of what is there: the checkpoint of a killed run or a cached shorter chain.
  private mutating func resume() throws {
    let checkpoint = job.checkpoints.load().flatMap { try? ChainArchive(decoding: $0) }
    if let checkpoint, checkpoint.states.count == chains.count,
      checkpoint.steps <= length, checkpoint.steps > (job.predecessor?.length ?? -1)
    {
      try restore(checkpoint.states)
      rows = checkpoint.rows
      done = checkpoint.steps
    } else if let shorter = job.predecessor, !shorter.state.isEmpty {
      let archive = try ChainArchive(decoding: shorter.state)
      guard archive.states.count == chains.count, archive.steps == shorter.length else { return }
      try restore(archive.states)
      try readRows(from: shorter, count: shorter.length)
      done = shorter.length
    }
    if done > 0 { print("continuing after step \(done) of \(length)") } else { try prepare() }
  }

  private func restore(_ states: [ChainState]) throws {
    for (chain, state) in zip(chains, states) { try chain.restore(state) }
  }

  private mutating func advance() throws {
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
        job.report(Job.Progress(done: done, total: length, note: note))
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
      let values = try file.doubles(at: column.path)
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

  fileprivate func writeColumns(to file: HDF5File) throws {
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
      try file.describe(column.path, unit: column.unit, summary: column.summary)
      let axes = ["replica", "step"] + column.shape.indices.map { "index\($0)" }
      try file.setAttribute("axes", axes, of: column.path)
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
