internal import HDF5
internal import MonteCarlo
internal import Pipeline

/// Chains' states, and their rows so far, as the bytes of an HDF5 file: a checkpoint that anybody can
/// look into.
struct ChainArchive {
  var states: [ChainState]
  /// Rows of each replica, flat; empty in the state that goes with an artifact.
  var rows: [[Double]]
  var steps: Int

  func encode() throws -> [UInt8] {
    let file = try HDF5File.inMemory(name: "checkpoint")
    try file.write([steps], to: "/steps", shape: [])
    for (replica, state) in states.enumerated() {
      let group = "/replica\(replica)"
      try file.write(rows[replica], to: "\(group)/rows")
      try file.createGroup("\(group)/reals")
      try file.createGroup("\(group)/words")
      for (name, values) in state.reals.sorted(by: { $0.key < $1.key }) {
        try file.write(values, to: "\(group)/reals/\(name)")
      }
      for (name, words) in state.words.sorted(by: { $0.key < $1.key }) {
        try file.write(words.map { Int(bitPattern: UInt($0)) }, to: "\(group)/words/\(name)")
      }
    }
    return try file.image()
  }

  init(states: [ChainState], rows: [[Double]], steps: Int) {
    self.states = states
    self.rows = rows
    self.steps = steps
  }

  init(decoding bytes: [UInt8]) throws {
    let file = try HDF5File(image: bytes, name: "checkpoint")
    steps = try file.integers(at: "/steps").first ?? 0
    guard (0...(1 << 40)).contains(steps) else { throw StageFailure("a chain of \(steps) steps") }
    states = []
    rows = []
    while try file.exists("/replica\(states.count)") {
      let group = "/replica\(states.count)"
      rows.append(try file.doubles(at: "\(group)/rows"))
      var state = ChainState()
      for name in try file.children(of: "\(group)/reals") {
        state.reals[name] = try file.doubles(at: "\(group)/reals/\(name)")
      }
      for name in try file.children(of: "\(group)/words") {
        state.words[name] = try file.integers(at: "\(group)/words/\(name)")
          .map { UInt64(UInt(bitPattern: $0)) }
      }
      states.append(state)
    }
  }
}
