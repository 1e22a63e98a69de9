import EffectiveModels
import Lattice
import MonteCarlo
import Randomness

/// One model of every architecture with random numbers, small enough for 4 x 4.
struct ModelCase: CustomStringConvertible, Sendable {
  let description: String
  let model: any TrainableModel
  /// Whether the energy is invariant under O(3) of the spins and the symmetries of the lattice.
  let isInvariant: Bool

  init(_ name: String, _ model: any TrainableModel, isInvariant: Bool = true, seed: UInt64) {
    var random = RandomStream(key: seed, nonce: 99)
    var filled = model
    filled.initialize(using: &random)
    for i in filled.parameters.values.indices {
      filled.parameters.values[i] += 0.2 * random.normalPair().0
    }
    description = name
    self.model = filled
    self.isInvariant = isInvariant
  }

  /// Whether a single-spin update costs less than the whole energy.
  var isLocal: Bool { model.kind == "linear" || model.kind == "invariant-network" }

  static let all: [ModelCase] = [
    ModelCase("linear", LinearModel(shells: 5), seed: 1),
    ModelCase("attention relu", attention(.relu), seed: 2),
    ModelCase("attention softmax", attention(.softmax), seed: 3),
    ModelCase("attention identity", attention(.identity), seed: 4),
    ModelCase(
      "attention two heads",
      AttentionArchitecture(layers: 1, heads: 2, smearingShells: 2, couplingShells: 1).makeModel(),
      seed: 5),
    ModelCase(
      "invariant network",
      InvariantNetworkArchitecture(smearingShells: 3, hidden: [5, 6]).makeModel(), seed: 6),
    ModelCase(
      "message passing",
      InvariantNetworkArchitecture(
        smearingShells: 2, hidden: [5, 4], messageSteps: 2, channels: 2, mixedVectors: 3
      ).makeModel(), seed: 7),
    ModelCase(
      "cnn",
      ConvolutionalArchitecture(patchShells: 1, hidden: [4, 5], home: Torus([5, 5])).makeModel(),
      isInvariant: false, seed: 8),
    ModelCase(
      "plain transformer",
      PlainTransformerArchitecture(blocks: 2, width: 4, heads: 2, hidden: 3, home: Torus([4, 4]))
        .makeModel(), isInvariant: false, seed: 10),
    ModelCase(
      "fermion window",
      FermionWindowArchitecture(
        window: 1.2, couplingShells: 2, vertexShells: 1, chemicalPotential: 0.1, temperature: 0.3
      ).makeModel(), seed: 9),
    ModelCase(
      "fermion window and network",
      FermionWindowArchitecture(
        window: 0, couplingShells: 1, vertexShells: 0, temperature: 0.4,
        network: InvariantNetworkArchitecture(smearingShells: 1, hidden: [2, 3])
      ).makeModel(), seed: 11),
  ]

  private static func attention(_ activation: AttentionActivation) -> AttentionModel {
    AttentionArchitecture(
      layers: 2, smearingShells: 3, couplingShells: 2, activation: activation
    ).makeModel()
  }
}
