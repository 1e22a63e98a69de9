import EffectiveModels
import Lattice
import MonteCarlo
import Testing

@Suite struct ModelArchitectureTests {
  static let all: [ModelArchitecture] = [
    .linear(LinearArchitecture(shells: 3, home: Torus([4, 4]))),
    .attention(AttentionArchitecture(layers: 1, smearingShells: 2, couplingShells: 1)),
    .invariantNetwork(
      InvariantNetworkArchitecture(smearingShells: 2, hidden: [4, 4], messageSteps: 1)),
    .convolutional(
      ConvolutionalArchitecture(patchShells: 1, hidden: [3, 4], home: Torus([4, 4]))),
    .plainTransformer(
      PlainTransformerArchitecture(
        blocks: 1, width: 4, heads: 2, hidden: 3, home: Torus([4, 4]))),
    .fermionWindow(
      FermionWindowArchitecture(
        window: 0, couplingShells: 2, vertexShells: 1, temperature: 0.3,
        network: InvariantNetworkArchitecture(smearingShells: 1, hidden: [2, 2]))),
  ]

  @Test(arguments: all.indices)
  func descriptionAndNumbersGiveTheSameModel(_ index: Int) throws {
    let architecture = Self.all[index]
    let example = ModelCase("", architecture.makeModel(), seed: 9)
    let values = example.model.parameters.values
    let again = try #require(architecture.makeModel(parameters: values))
    let (lattice, field) = (Torus([4, 4]), randomSpins(Torus([4, 4]), seed: 1))
    #expect(
      try again.makeEnergy(on: lattice).energy(field)
        == example.model.makeEnergy(on: lattice).energy(field))
    #expect(again.parameters == example.model.parameters)
    let wrong = architecture.makeModel(parameters: values + [0])
    #expect(wrong == nil)
  }
}
