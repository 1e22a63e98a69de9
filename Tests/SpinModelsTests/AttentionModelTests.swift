import Lattice
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct AttentionModelTests {
  func model(_ effective: ReferenceCase.Effective, _ activation: AttentionActivation)
    -> AttentionModel
  {
    let shells = (effective.layers.first?.first?.count ?? 1) - 1
    var model = AttentionArchitecture(
      layers: effective.layers.count, smearingShells: shells,
      couplingShells: effective.couplings.count, activation: activation
    ).makeModel()
    model.parameters["offset"] = [effective.offset]
    model.parameters["couplings"] = effective.couplings[...]
    model.parameters["layers"] = effective.layers.flatMap { $0.flatMap { $0 } }[...]
    return model
  }

  @Test(arguments: ReferenceCase.all)
  func energiesAgreeWithTheReference(_ example: ReferenceCase) throws {
    let effective = example.effective
    let relu = try model(effective, .relu).makeEnergy(on: example.torus).energy(example.field)
    let softmax = try model(effective, .softmax).makeEnergy(on: example.torus)
      .energy(example.field)
    #expect(abs(relu - effective.energyAttentionReLU) < 1e-10)
    #expect(abs(softmax - effective.energyAttentionSoftmax) < 1e-10)
  }

  @Test func countsItsParameters() {
    // 1 + n_J + 3 (n_W + 1) L.
    let model = AttentionArchitecture(layers: 3).makeModel()
    #expect(model.parameters.values.count == 1 + 3 + 3 * 7 * 3)
  }

  @Test func withoutValuesItIsTheLinearModel() throws {
    let lattice = Torus([6, 6])
    var random = RandomStream(key: 3, nonce: 1)
    var model = AttentionArchitecture(layers: 2).makeModel()
    model.initialize(using: &random)
    model.parameters["couplings"] = [0.4, -0.3, 0.2]
    let field = randomSpins(lattice, seed: 51)
    let linear = try LinearModel(offset: 0, couplings: [0.4, -0.3, 0.2]).makeEnergy(on: lattice)
    let energy = try model.makeEnergy(on: lattice).energy(field)
    #expect(abs(energy - linear.energy(field)) < 1e-12)
  }

  @Test func growthKeepsTheFunction() throws {
    let lattice = Torus([4, 4])
    guard let example = ModelCase.all.first(where: { $0.description == "attention relu" }),
      let model = example.model as? AttentionModel
    else {
      Issue.record("no attention among the cases")
      return
    }
    var random = RandomStream(key: 3, nonce: 2)
    let grown = model.grown(using: &random)
    #expect(grown.depth == model.depth + 1)
    let field = randomSpins(lattice, seed: 52)
    #expect(
      abs(
        try grown.makeEnergy(on: lattice).energy(field)
          - model.makeEnergy(on: lattice).energy(field)) < 1e-12)
  }

  @Test func softmaxOfHugeScoresIsFinite() throws {
    var model = AttentionArchitecture(
      layers: 1, smearingShells: 0, couplingShells: 1, activation: .softmax
    ).makeModel()
    model.parameters["layers"] = [60, 60, 1]
    model.parameters["couplings"] = [1]
    let energy = try model.makeEnergy(on: Torus([4, 4])).energy(
      randomSpins(Torus([4, 4]), seed: 5))
    #expect(energy.isFinite)
  }
}
