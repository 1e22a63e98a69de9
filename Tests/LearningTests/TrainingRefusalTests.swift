import Lattice
import Learning
import MonteCarlo
import Randomness
import SpinModels
import Testing

/// What no optimiser may turn into a model.
@Suite struct TrainingRefusalTests {
  private let stream = RandomStream(key: 1, nonce: 1)
  private func start() -> AttentionModel { TrainingTests().start() }

  @Test func tooFewSamples() throws {
    let (set, _) = try TrainingTests.samples(20)
    #expect(throws: LearningError.tooFewSamples(samples: 15, parameters: 12)) {
      try LevenbergMarquardt(start(), on: set)
    }
    // Fewer than a batch, and fewer than the linear part needs.
    for batch in [16, 1] {
      let few = try TrainingTests.samples(batch == 16 ? 20 : 4).set
      #expect(throws: LearningError.self) {
        try AdamW(start(), on: few, settings: AdamWSettings(batch: batch), using: stream)
      }
    }
  }

  @Test func aSingleChainHasNothingToJudgeBy() throws {
    let (samples, _) = try TrainingTests.samples(100)
    var set = TrainingSet(lattice: samples.lattice, temperature: samples.temperature)
    try set.append(fields: samples.fields, logWeights: samples.logWeights, chain: 3)
    #expect(throws: LearningError.tooFewChains(chains: 1)) {
      try LevenbergMarquardt(start(), on: set)
    }
    #expect(throws: LearningError.tooFewChains(chains: 1)) {
      try AdamW(start(), on: set, using: stream)
    }
  }

  @Test func foreignStates() throws {
    let (set, _) = try TrainingTests.samples(100)
    let newton = try LevenbergMarquardt(start(), on: set)
    #expect(throws: LearningError.self) { try newton.restore(TrainingState(parameters: [1])) }
    let adam = try AdamW(start(), on: set, settings: AdamWSettings(batch: 16), using: stream)
    #expect(throws: LearningError.self) { try adam.restore(TrainingState(parameters: [1])) }
    // A state of the other optimiser has the right number of parameters but no moments.
    #expect(throws: LearningError.self) { try adam.restore(newton.state) }
  }

  @Test func divergence() throws {
    let (set, _) = try TrainingTests.samples(100)
    let wild = AdamWSettings(epochs: 50, batch: 16, rate: 1e200)
    #expect(throws: LearningError.self) {
      try AdamW(start(), on: set, settings: wild, using: stream).run()
    }
  }

  /// Numbers of a start that are not finite, and ln W whose square overflows.
  @Test func numbersThatAreNotFinite() throws {
    var (set, _) = try TrainingTests.samples(100)
    var broken = start()
    broken.parameters.values[5] = .nan
    #expect(throws: LearningError.notFinite) { try LevenbergMarquardt(broken, on: set) }
    #expect(throws: LearningError.notFinite) {
      try AdamW(broken, on: set, settings: AdamWSettings(batch: 16), using: stream)
    }
    try set.append(
      fields: Array(set.fields[..<48]), logWeights: [1e200], chain: 0)
    #expect(throws: LearningError.notFinite) { try LevenbergMarquardt(start(), on: set) }
    #expect(throws: LearningError.notFinite) {
      try AdamW(start(), on: set, settings: AdamWSettings(batch: 16), using: stream)
    }
  }

  @Test func samplesThatAreNoNumbersOrOfAnotherLattice() throws {
    var (set, _) = try TrainingTests.samples(4)
    var field = Field(places: 16, components: 3, values: [Double](repeating: 0.5, count: 48))
    field.values[7] = .infinity
    #expect(throws: LearningError.invalidSample(index: 4, what: "a component of the field is inf"))
    {
      try set.append(field, logWeight: 0, chain: 0)
    }
    #expect(throws: LearningError.self) {
      try set.append(Field(places: 36, components: 3), logWeight: 0, chain: 0)
    }
    #expect(throws: LearningError.self) {
      try set.append(Field(places: 16, components: 1), logWeight: 0, chain: 0)
    }
    #expect(set.count == 4)
  }

  /// All spins parallel in every sample: the layers have nothing to learn from.
  @Test func parallelSpinsDetermineNothing() throws {
    var set = TrainingSet(lattice: TrainingTests.lattice, temperature: 1)
    let up = Field(places: 16, components: 3, values: (0..<48).map { $0 % 3 == 2 ? 1 : 0 })
    for n in 0..<100 { try set.append(up, logWeight: 1, chain: n % 4) }
    #expect(throws: LearningError.singularFit(rank: 1, parameters: 3)) {
      try LinearFit.fit(LinearModel(shells: 2), on: set)
    }
  }
}
