public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// A control that knows nothing of O(3) nor of the point group: a transformer on the raw components.
///
///     x_i = W S_i + w                                        one token per site
///     x_i += O concat_h sum_j softmax_j(q_i . k_j / sqrt(width of a head) + b_h(j - i)) v_j + o
///     x_i += A' f(A x_i + a) + a'                            in every block
///     H_eff = E0 + sum_i out . x_i
///
/// with a learned bias b for every head and displacement, which makes it invariant under
/// translations alone; rotations it has to learn from turned samples (`AdamWSettings.rotates`).
public struct PlainTransformer: TrainableModel {
  public let kind = "plain-transformer"
  /// Its shape, without its numbers.
  public let architecture: PlainTransformerArchitecture
  public var parameters: ParameterBuffer
  let layout: TransformerLayout

  /// A model of that shape, not yet trained.
  public init(_ architecture: PlainTransformerArchitecture) {
    self.architecture = architecture
    layout = TransformerLayout(architecture)
    parameters = layout.buffer
  }

  public var components: Int { 3 }

  public var linearParameters: [Int] { [0] + layout.out }

  public mutating func initialize(using random: inout RandomStream) {
    fill(layout.embedding, 1, &random)
    for block in layout.blocks {
      for dense in [block.query, block.key, block.value, block.output] { fill(dense, 1, &random) }
      fill(block.first, 2.0.squareRoot(), &random)
      fill(block.second, 1, &random)
      for p in block.bias { parameters.values[p] = 0.3 * random.normalPair().0 }
    }
  }

  private mutating func fill(_ dense: DenseLayer, _ gain: Double, _ random: inout RandomStream) {
    let size = gain / Double(dense.inputs).squareRoot()
    for p in dense.weights { parameters.values[p] = size * random.normalPair().0 }
    for p in dense.biases { parameters.values[p] = 0.1 * random.normalPair().0 }
  }

  /// The biases belong to the displacements of the home lattice. On a larger one, what is farther
  /// than it reaches takes the bias of its largest displacement.
  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let home = architecture.home
    guard lattice.dimension == home.dimension else {
      throw FieldError(
        "a plain-transformer for \(home.extents) cannot run on \(lattice.extents)")
    }
    let layout = self.layout
    func kernel() -> PlainTransformerKernel {
      PlainTransformerKernel(lattice, home: home, layout)
    }
    return LaneEnergy(kernel(), parameters: parameters.values) { energy, field, temperature in
      CandidateSampler(
        FullEvaluation(kernel(), parameters: energy.parameters), field: field,
        temperature: temperature)
    }
  }
}

/// What such a transformer is made of, apart from its numbers.
public struct PlainTransformerArchitecture: Sendable, Equatable {
  /// One on the other.
  public var blocks: Int
  /// Numbers per token and, of these, per head.
  public var width: Int
  /// Of every block.
  public var heads: Int
  /// Width of every perceptron.
  public var hidden: Int
  /// The lattice that its biases belong to.
  public var home: Torus

  /// A width that the heads do not divide is raised to the next that they do.
  public init(blocks: Int = 1, width: Int = 8, heads: Int = 2, hidden: Int = 16, home: Torus) {
    precondition(blocks > 0 && width > 0 && heads > 0 && hidden > 0)
    self.blocks = blocks
    self.width = (width + heads - 1) / heads * heads
    self.heads = heads
    self.hidden = hidden
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> PlainTransformer { PlainTransformer(self) }
}

/// Where the numbers of one block lie.
struct TransformerBlockLayout: Sendable {
  let query: DenseLayer
  let key: DenseLayer
  let value: DenseLayer
  let output: DenseLayer
  let first: DenseLayer
  let second: DenseLayer
  /// (heads, displacements).
  let bias: Range<Int>
  let heads: Int

  init(_ number: Int, _ a: PlainTransformerArchitecture, in buffer: inout ParameterBuffer) {
    let (name, width) = ("block\(number)", a.width)
    query = DenseLayer(name + ".query", width, width, in: &buffer)
    key = DenseLayer(name + ".key", width, width, in: &buffer)
    value = DenseLayer(name + ".value", width, width, in: &buffer)
    output = DenseLayer(name + ".output", width, width, in: &buffer)
    first = DenseLayer(name + ".first", width, a.hidden, in: &buffer)
    second = DenseLayer(name + ".second", a.hidden, width, in: &buffer)
    bias = buffer.add(name + ".bias", shape: [a.heads, a.home.sites])
    heads = a.heads
  }
}

/// Where its numbers lie.
struct TransformerLayout: Sendable {
  let buffer: ParameterBuffer
  let embedding: DenseLayer
  let blocks: [TransformerBlockLayout]
  let out: Range<Int>

  init(_ architecture: PlainTransformerArchitecture) {
    var buffer = ParameterBuffer()
    buffer.append("offset", shape: [1])
    embedding = DenseLayer("embedding", 3, architecture.width, in: &buffer)
    blocks = (0..<architecture.blocks).map {
      TransformerBlockLayout($0, architecture, in: &buffer)
    }
    out = buffer.add("out", shape: [architecture.width])
    self.buffer = buffer
  }
}
