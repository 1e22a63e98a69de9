internal import MonteCarlo

/// A dense layer as ranges of the parameter buffer; weights output by output.
struct DenseLayer: Sendable {
  let inputs: Int
  let outputs: Int
  let weights: Range<Int>
  let biases: Range<Int>

  init(_ name: String, _ inputs: Int, _ outputs: Int, in buffer: inout ParameterBuffer) {
    self.inputs = inputs
    self.outputs = outputs
    weights = buffer.add(name + ".weights", shape: [outputs, inputs])
    biases = buffer.add(name + ".biases", shape: [outputs])
  }
}

/// One smearing step of the network.
struct InvariantStep: Sendable {
  let shells: Int
  /// Vectors per site that are smeared, and vectors whose dot products are taken.
  let channels: Int
  let vectors: Int
  /// Pairs (m, n), m <= n. Without S . S = 1 in the first step, which E0 covers.
  let pairs: [(Int, Int)]
  /// (vectors, channels * shells); empty in the first step, where the vectors are the smeared spins.
  let mixing: Range<Int>
  let first: DenseLayer
  /// Between the two layers, in the first step.
  let attention: InvariantAttentionLayout?
  let second: DenseLayer
  let skip: Range<Int>
  let out: Range<Int>
  let gates: DenseLayer?

  init(_ number: Int, _ a: InvariantNetworkArchitecture, in buffer: inout ParameterBuffer) {
    let name = "step\(number)"
    let isFirst = number == 0
    shells = a.smearingShells + 1
    channels = isFirst ? 1 : a.channels
    let vectors = isFirst ? shells : a.mixedVectors
    self.vectors = vectors
    pairs = (0..<vectors).flatMap { m in (m..<vectors).map { (m, $0) } }
      .filter { !isFirst || $0 != (0, 0) }
    mixing = buffer.add(
      name + ".mixing", shape: isFirst ? [0] : [vectors, channels * shells])
    first = DenseLayer(
      name + ".first", pairs.count + (isFirst ? 0 : a.hidden[1]), a.hidden[0], in: &buffer)
    attention =
      isFirst && a.attentionHeads > 0
      ? InvariantAttentionLayout(name + ".attention", a, in: &buffer) : nil
    second = DenseLayer(
      name + ".second", a.hidden[0] + (attention?.width ?? 0), a.hidden[1], in: &buffer)
    skip = buffer.add(name + ".skip", shape: [pairs.count])
    out = buffer.add(name + ".out", shape: [a.hidden[1]])
    gates =
      number == a.messageSteps
      ? nil : DenseLayer(name + ".gates", a.hidden[1], a.channels * vectors, in: &buffer)
  }
}

/// Attention between the sites on what the first layer makes of the invariants.
struct InvariantAttentionLayout: Sendable {
  let heads: Int
  let query: DenseLayer
  let key: DenseLayer
  let value: DenseLayer
  /// (heads, shells): the site itself, every shell of the smearing, and whatever is farther.
  let bias: Range<Int>

  var width: Int { query.outputs }

  init(_ name: String, _ a: InvariantNetworkArchitecture, in buffer: inout ParameterBuffer) {
    heads = a.attentionHeads
    let width = a.attentionHeads * a.headWidth
    query = DenseLayer(name + ".query", a.hidden[0], width, in: &buffer)
    key = DenseLayer(name + ".key", a.hidden[0], width, in: &buffer)
    value = DenseLayer(name + ".value", a.hidden[0], width, in: &buffer)
    bias = buffer.add(name + ".bias", shape: [a.attentionHeads, a.smearingShells + 2])
  }

  /// Which bias a pair (i, j) takes.
  static func relations(_ table: ShellTable) -> [Int] {
    var relations = [Int](repeating: table.shells, count: table.sites * table.sites)
    for k in 0..<table.shells {
      let z = table.coordination[k]
      for i in 0..<table.sites {
        let start = table.starts[k] + i * z
        for n in start..<(start + z) { relations[i * table.sites + table.neighbours[n]] = k }
      }
    }
    return relations
  }
}

/// Where every number of the network lies.
struct InvariantLayout: Sendable {
  let buffer: ParameterBuffer
  let steps: [InvariantStep]

  init(_ architecture: InvariantNetworkArchitecture) {
    var buffer = ParameterBuffer()
    buffer.append("offset", shape: [1])
    steps = (0...architecture.messageSteps).map { InvariantStep($0, architecture, in: &buffer) }
    self.buffer = buffer
  }
}

extension ParameterBuffer {
  mutating func add(_ name: String, shape: [Int]) -> Swift.Range<Int> {
    let start = values.count
    append(name, shape: shape)
    return start..<values.count
  }
}
