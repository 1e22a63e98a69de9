public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// A control that knows nothing of O(3): the raw components of all spins of a patch through a
/// perceptron, summed over the sites (a convolution followed by two pointwise layers).
///
/// Invariant under translations alone; it has to learn rotations and reflections from samples, by
/// augmentation (`AdamWSettings.rotates`).
public struct ConvolutionalNetwork: TrainableModel {
  public let kind = "cnn"
  /// Its shape, without its numbers.
  public let architecture: ConvolutionalArchitecture
  public var parameters: ParameterBuffer
  let layout: ConvolutionalLayout

  /// A model of that shape, not yet trained.
  public init(_ architecture: ConvolutionalArchitecture) {
    self.architecture = architecture
    layout = ConvolutionalLayout(architecture)
    parameters = layout.buffer
  }

  public var components: Int { 3 }

  public var linearParameters: [Int] { [0] + layout.out }

  public mutating func initialize(using random: inout RandomStream) {
    for dense in [layout.first, layout.second] {
      for p in dense.weights {
        parameters.values[p] = random.normalPair().0 * (2 / Double(dense.inputs)).squareRoot()
      }
      for p in dense.biases { parameters.values[p] = 0.3 * random.normalPair().0 }
    }
  }

  /// The order of the spins in a patch must be that of the home lattice, so shells that wrap
  /// around one of the two lattices only are refused.
  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let shells = architecture.patchShells
    let table = try ShellTable(lattice, home: architecture.home, shells: shells)
    let home = try ShellTable(architecture.home, home: architecture.home, shells: shells)
    guard table.coordination == home.coordination else {
      throw FieldError(
        "the patch of a cnn for \(architecture.home.extents) is another one on \(lattice.extents)")
    }
    let layout = self.layout
    return LaneEnergy(ConvolutionalKernel(table, layout), parameters: parameters.values) {
      energy, field, temperature in
      CandidateSampler(
        FullEvaluation(ConvolutionalKernel(table, layout), parameters: energy.parameters),
        field: field, temperature: temperature)
    }
  }
}

/// What such a network is made of, apart from its numbers.
public struct ConvolutionalArchitecture: Sendable, Equatable {
  /// Shells of the patch around a site.
  public var patchShells: Int
  /// Widths of the hidden layers.
  public var hidden: [Int]
  /// The lattice that it is first trained on.
  public var home: Torus

  /// The shape of a model.
  public init(patchShells: Int = 6, hidden: [Int] = [16, 16], home: Torus) {
    precondition(hidden.count == 2 && hidden.allSatisfy { $0 > 0 } && patchShells >= 0)
    self.patchShells = patchShells
    self.hidden = hidden
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> ConvolutionalNetwork { ConvolutionalNetwork(self) }
}

/// Where its numbers lie.
struct ConvolutionalLayout: Sendable {
  let buffer: ParameterBuffer
  let first: DenseLayer
  let second: DenseLayer
  let out: Range<Int>

  init(_ architecture: ConvolutionalArchitecture) {
    var buffer = ParameterBuffer()
    buffer.append("offset", shape: [1])
    let patch = architecture.home.shells.prefix(architecture.patchShells + 1)
      .reduce(0) { $0 + $1.coordination }
    let hidden = architecture.hidden
    first = DenseLayer("convolution", 3 * patch, hidden[0], in: &buffer)
    second = DenseLayer("pointwise", hidden[0], hidden[1], in: &buffer)
    out = buffer.add("out", shape: [hidden[1]])
    self.buffer = buffer
  }
}
