import Lattice
import Learning
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct LinearFitTests {
  let lattice = Torus([4, 4])

  /// Samples whose ln W is a linear model plus independent noise.
  func samples(
    _ count: Int, of model: LinearModel, noise: Double = 0, chains: Int = 4
  ) throws -> TrainingSet {
    var set = TrainingSet(lattice: lattice, temperature: 0.5)
    let energy = try model.makeEnergy(on: lattice)
    var random = RandomStream(key: 4, nonce: 4)
    for n in 0..<count {
      let field = Field(
        places: 16, components: 3,
        values: (0..<16).flatMap { _ in
          let spin = random.unitVector()
          return [spin.x, spin.y, spin.z]
        })
      let logWeight = -energy.energy(field) / 0.5 + noise * random.normalPair().0
      try set.append(field, logWeight: logWeight, chain: n % chains)
    }
    return set
  }

  @Test func findsTheModelThatMadeTheWeights() throws {
    let truth = LinearModel(offset: -2, couplings: [0.3, -0.2, 0.05])
    let outcome = try LinearFit.fit(LinearModel(shells: 3), on: try samples(100, of: truth))
    for (a, b) in zip(outcome.model.parameters.values, truth.parameters.values) {
      #expect(abs(a - b) < 1e-12)
    }
    #expect(outcome.residualSigma < 1e-11)
    #expect(outcome.predictedAcceptance > 1 - 1e-10)
  }

  @Test func noiseIsTheResidual() throws {
    // Held-out sigma of 1000 samples has a relative error of 2.2 %; the bound is 5 sigma.
    let truth = LinearModel(offset: 1, couplings: [0.3])
    let outcome = try LinearFit.fit(
      LinearModel(shells: 1), on: try samples(4000, of: truth, noise: 0.4))
    #expect(abs(outcome.residualSigma - 0.4) < 0.045)
    #expect(abs(outcome.predictedAcceptance - 0.7773) < 0.03)
  }

  @Test func holdsOutWholeChains() throws {
    let set = try samples(40, of: LinearModel(offset: 0, couplings: []), chains: 5)
    let (training, heldOut) = try set.split(heldOut: 0.25)
    #expect(Set(training.chains).isDisjoint(with: heldOut.chains))
    #expect(training.count + heldOut.count == 40)
    #expect(heldOut.count == 8)
  }

  @Test func namesWhatIsWrong() throws {
    let model = LinearModel(offset: 0, couplings: [0.1, 0.1, 0.1])
    let few = try samples(9, of: model)
    #expect(throws: LearningError.tooFewSamples(samples: 7, parameters: 4)) {
      try LinearFit.fit(model, on: few)
    }
    let single = try samples(20, of: model, chains: 1)
    #expect(throws: LearningError.tooFewChains(chains: 1)) {
      try LinearFit.fit(model, on: single)
    }
    var constant = TrainingSet(lattice: lattice, temperature: 1)
    let up = Field(places: 16, components: 3, values: (0..<48).map { $0 % 3 == 2 ? 1 : 0 })
    for n in 0..<20 { try constant.append(up, logWeight: 1, chain: n % 2) }
    #expect(throws: LearningError.singularFit(rank: 1, parameters: 4)) {
      try LinearFit.fit(model, on: constant)
    }
    #expect(throws: LearningError.invalidSample(index: 20, what: "ln W is nan")) {
      try constant.append(up, logWeight: .nan, chain: 0)
    }
    #expect(throws: LearningError.self) {
      try constant.append(Field(places: 4, components: 3), logWeight: 0, chain: 0)
    }
  }
}
