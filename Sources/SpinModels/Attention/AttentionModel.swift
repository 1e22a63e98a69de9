public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// What turns the scores Q K^T / sqrt 3 into weights.
public enum AttentionActivation: String, Sendable, CaseIterable {
  /// max(0, score), not normalised: the published model.
  case relu
  /// Rows of positive weights that sum to 1.
  case softmax
  /// The scores themselves; K^T V is then one 3 x 3 matrix, and a layer costs O(N).
  case identity
}

/// Self-attention between spins, equivariant under O(3) and the symmetries of the lattice
/// (Nagai and Tomiya, arXiv:2306.11527):
///
///     Q = sum_k W^Q_k (sum over shell k) S,  K, V alike
///     S^(l) = normalise(S^(l-1) + sum_heads f(Q K^T / sqrt 3) V)
///     H_eff = E0 - sum_k J_k sum_{<ij>_k} S^(L)_i . S^(L)_j
public struct AttentionModel: GrowingModel {
  public let kind = "attention"
  /// Its shape, without its numbers.
  public let architecture: AttentionArchitecture
  /// "offset" (1), "couplings" (n_J), "layers" (L, heads, 3 for Q K V, n_W + 1).
  public var parameters: ParameterBuffer

  /// A model of that shape, not yet trained.
  public init(_ architecture: AttentionArchitecture) {
    self.architecture = architecture
    parameters = ParameterBuffer()
    parameters.append("offset", shape: [1])
    parameters.append("couplings", shape: [architecture.couplingShells])
    parameters.append(
      "layers",
      shape: [architecture.layers, architecture.heads, 3, architecture.smearingShells + 1])
  }

  public var components: Int { 3 }

  public var linearParameters: [Int] { Array(0...architecture.couplingShells) }

  /// Small Q and K of random sign; V is zero, so that every layer starts at the identity.
  public mutating func initialize(using random: inout RandomStream) {
    initialize(layers: 0..<architecture.layers, using: &random)
  }

  mutating func initialize(layers: Range<Int>, using random: inout RandomStream) {
    let shells = architecture.smearingShells + 1
    let start = architecture.couplingShells + 1
    for row in 0..<(architecture.layers * architecture.heads * 3)
    where layers.contains(row / (3 * architecture.heads)) {
      for k in 0..<shells {
        let size = row % 3 == 2 ? 0 : 1 / Double(shells).squareRoot()
        parameters.values[start + row * shells + k] = size * random.normalPair().0
      }
    }
  }

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let home = architecture.home ?? lattice
    let smearing = try ShellTable(lattice, home: home, shells: architecture.smearingShells)
    let couplings = try ShellTable(lattice, home: home, shells: architecture.couplingShells)
    let (layers, heads) = (architecture.layers, architecture.heads)
    let activation = architecture.activation
    func kernel() -> AttentionKernel {
      AttentionKernel(
        smearing, LinearKernel(couplings), layers: layers, heads: heads, activation: activation)
    }
    return LaneEnergy(kernel(), parameters: parameters.values) { energy, field, temperature in
      CandidateSampler(
        FullEvaluation(kernel(), parameters: energy.parameters), field: field,
        temperature: temperature)
    }
  }
}

/// What an attention model is made of, apart from its numbers.
public struct AttentionArchitecture: Sendable, Equatable {
  /// How many times spins are transformed.
  public var layers: Int
  /// Of every layer.
  public var heads: Int
  /// Shells that enter queries, keys and values.
  public var smearingShells: Int
  /// Shells that carry a coupling of the transformed spins.
  public var couplingShells: Int
  /// What turns scores into weights.
  public var activation: AttentionActivation
  /// The lattice that numbers the shells; nil: the lattice at hand.
  public var home: Torus?

  /// The shape of a model.
  public init(
    layers: Int, heads: Int = 1, smearingShells: Int = 6, couplingShells: Int = 3,
    activation: AttentionActivation = .relu, home: Torus? = nil
  ) {
    precondition(layers >= 0 && heads > 0 && smearingShells >= 0 && couplingShells >= 0)
    self.layers = layers
    self.heads = heads
    self.smearingShells = smearingShells
    self.couplingShells = couplingShells
    self.activation = activation
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> AttentionModel { AttentionModel(self) }
}

extension AttentionModel {
  /// How many layers it has.
  public var depth: Int { architecture.layers }

  public func shallow() -> any GrowingModel {
    var shallow = architecture
    shallow.layers = 1
    return shallow.makeModel()
  }

  /// The same function with one more layer, which starts at the identity (V = 0): greedy growth.
  public func grown(using random: inout RandomStream) -> any GrowingModel {
    var larger = architecture
    larger.layers += 1
    var model = AttentionModel(larger)
    model.parameters.values.replaceSubrange(
      parameters.values.indices, with: parameters.values)
    model.initialize(layers: architecture.layers..<larger.layers, using: &random)
    return model
  }
}
