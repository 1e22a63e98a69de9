import Lattice
import MonteCarlo
import Randomness
import SpinModels

/// Operations that may or may not leave an energy as it is.
struct Symmetries: OptionSet, Sendable {
  let rawValue: Int
  static let translations = Symmetries(rawValue: 1)
  /// Rotations and reflections of the lattice about a site.
  static let pointGroup = Symmetries(rawValue: 2)
  /// Proper rotations of all spins, for fields of three components.
  static let rotations = Symmetries(rawValue: 4)
  /// The opposite of every spin or field value.
  static let inversion = Symmetries(rawValue: 8)
  static let all: Symmetries = [.translations, .pointGroup, .rotations, .inversion]
}

/// One model of every architecture with random numbers, small enough for 4 x 4.
struct ModelCase: CustomStringConvertible, Sendable {
  let description: String
  let model: any TrainableModel
  /// Under which the energy is invariant; under the others it is not.
  let symmetries: Symmetries

  init(
    _ name: String, _ model: any TrainableModel, symmetries: Symmetries = .all, seed: UInt64
  ) {
    var random = RandomStream(key: seed, nonce: 99)
    var filled = model
    filled.initialize(using: &random)
    for i in filled.parameters.values.indices {
      filled.parameters.values[i] += 0.2 * random.normalPair().0
    }
    description = name
    self.model = filled
    self.symmetries = symmetries
  }

  /// A random field: unit vectors, or normal numbers for models of one component.
  func field(on lattice: Torus, seed: UInt64) -> Field {
    guard model.components == 1 else { return randomSpins(lattice, seed: seed) }
    var random = RandomStream(key: seed, nonce: 12)
    return Field(
      places: lattice.sites, components: 1,
      values: (0..<lattice.sites).map { _ in random.normalPair().0 })
  }

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
      "attention over invariants",
      InvariantNetworkArchitecture(
        smearingShells: 2, hidden: [5, 4], messageSteps: 1, channels: 2, mixedVectors: 3,
        attentionHeads: 2, headWidth: 2
      ).makeModel(), seed: 13),
    ModelCase(
      "cnn",
      ConvolutionalArchitecture(patchShells: 1, hidden: [4, 5], home: Torus([5, 5])).makeModel(),
      symmetries: .translations, seed: 8),
    ModelCase(
      "plain transformer",
      PlainTransformerArchitecture(blocks: 2, width: 4, heads: 2, hidden: 3, home: Torus([4, 4]))
        .makeModel(), symmetries: .translations, seed: 10),
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

  /// With the models of scalar fields, which the tests on spins leave out.
  static let ofAnyField: [ModelCase] = all + [ModelCase("free field", stiffFreeField, seed: 12)]

  /// A positive form whatever the noise on its numbers.
  private static var stiffFreeField: FreeFieldModel {
    var model = FreeFieldModel(shells: 3)
    model.parameters["stiffness"] = [6]
    return model
  }

  private static func attention(_ activation: AttentionActivation) -> AttentionModel {
    AttentionArchitecture(
      layers: 2, smearingShells: 3, couplingShells: 2, activation: activation
    ).makeModel()
  }
}
