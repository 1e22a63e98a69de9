public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// Dot products of smeared spins through a small perceptron per site, summed over the sites, with
/// gated message-passing steps on top.
///
/// Step 0 smears the spin: h_k(i) = sum over shell k. Its vectors are u_k = h_k / sqrt(z_k). A later
/// step smears the channels v_c of the step before and mixes them into vectors u_m. In every step
///
///     d_mn = u_m . u_n                              invariant under O(3), S -> -S included
///     z = f(A' f(A (d, z of the step before) + a) + a')
///     H_eff += sum_i (skip . d + out . z)           linear in skip and out
///     v_c = sum_m (G_cm . z + g_cm) u_m             the gates, channels of the next step
///
/// With attention the second layer of step 0 also takes, of every site i and head,
///
///     sum_j p_ij v_j,   p_ij = softmax over j of q_i . k_j / sqrt(width) + b_shell(ij),
///
/// q, k and v linear in the first layer's outputs: invariant numbers, so nothing is lost.
///
/// with f(x) = x (1 + x / sqrt(1 + x^2)) / 2, a SiLU without exponential.
public struct InvariantNetwork: TrainableModel {
  public let kind = "invariant-network"
  /// Its shape, without its numbers.
  public let architecture: InvariantNetworkArchitecture
  public var parameters: ParameterBuffer
  let layout: InvariantLayout

  /// A model of that shape, not yet trained.
  public init(_ architecture: InvariantNetworkArchitecture) {
    self.architecture = architecture
    layout = InvariantLayout(architecture)
    parameters = layout.buffer
  }

  public var components: Int { 3 }

  public var linearParameters: [Int] {
    [0] + layout.steps.flatMap { Array($0.skip) + Array($0.out) }
  }

  /// Dense weights of variance 1 / inputs; the linear parameters wait for their exact fit.
  public mutating func initialize(using random: inout RandomStream) {
    for step in layout.steps {
      fill(step.mixing, 1 / Double(step.channels * step.shells).squareRoot(), &random)
      for dense in [step.first, step.second] {
        fill(dense.weights, 1 / Double(dense.inputs).squareRoot(), &random)
        fill(dense.biases, 0.3, &random)
      }
      if let attention = step.attention {
        for dense in [attention.query, attention.key, attention.value] {
          fill(dense.weights, 1 / Double(dense.inputs).squareRoot(), &random)
        }
        fill(attention.bias, 0.3, &random)
      }
      guard let gates = step.gates else { continue }
      fill(gates.weights, 0.5 / Double(gates.inputs).squareRoot(), &random)
      fill(gates.biases, 1 / Double(step.vectors).squareRoot(), &random)
    }
  }

  private mutating func fill(_ range: Range<Int>, _ size: Double, _ random: inout RandomStream) {
    for p in range { parameters.values[p] = size * random.normalPair().0 }
  }

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let table = try ShellTable(
      lattice, home: architecture.home ?? lattice, shells: architecture.smearingShells)
    let layout = self.layout
    return LaneEnergy(InvariantKernel(table, layout), parameters: parameters.values) {
      energy, field, temperature in
      let candidates: any CandidateEnergies =
        layout.steps.count == 1 && layout.steps[0].attention == nil
        ? LocalInvariantEnergies(table, layout, parameters: energy.parameters)
        : FullEvaluation(InvariantKernel(table, layout), parameters: energy.parameters)
      return CandidateSampler(candidates, field: field, temperature: temperature)
    }
  }
}

/// What an invariant network is made of, apart from its numbers.
public struct InvariantNetworkArchitecture: Sendable, Equatable {
  /// Shells whose sums enter the dot products.
  public var smearingShells: Int
  /// Widths of the two hidden layers of every perceptron.
  public var hidden: [Int]
  /// Gated message-passing steps after the first.
  public var messageSteps: Int
  /// Vectors per site that a message-passing step smears.
  public var channels: Int
  /// Vectors per site whose dot products a message-passing step takes.
  public var mixedVectors: Int
  /// Heads of attention between the sites, in the first step; 0 for none.
  public var attentionHeads: Int
  /// Numbers per site that a head mixes.
  public var headWidth: Int
  /// The lattice that it is first trained on.
  public var home: Torus?

  /// The shape of a model.
  public init(
    smearingShells: Int = 6, hidden: [Int] = [16, 16], messageSteps: Int = 0, channels: Int = 3,
    mixedVectors: Int = 6, attentionHeads: Int = 0, headWidth: Int = 3, home: Torus? = nil
  ) {
    precondition(attentionHeads >= 0 && headWidth > 0)
    precondition(smearingShells > 0 && hidden.count == 2 && hidden.allSatisfy { $0 > 0 })
    precondition(messageSteps >= 0 && channels > 0 && mixedVectors > 0)
    self.smearingShells = smearingShells
    self.hidden = hidden
    self.messageSteps = messageSteps
    self.channels = channels
    self.mixedVectors = mixedVectors
    self.attentionHeads = attentionHeads
    self.headWidth = headWidth
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> InvariantNetwork { InvariantNetwork(self) }
}
