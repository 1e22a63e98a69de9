import Lattice
import Learning
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct TrainingTests {
  static let lattice = Torus([4, 4])

  /// ln W of a one-layer attention model, without noise.
  static func samples(_ count: Int) throws -> (set: TrainingSet, truth: AttentionModel) {
    var random = RandomStream(key: 31, nonce: 0)
    var truth = AttentionArchitecture(layers: 1, smearingShells: 2, couplingShells: 2).makeModel()
    truth.parameters["offset"] = [-3]
    truth.parameters["couplings"] = [0.3, -0.2]
    truth.parameters["layers"] = [0.5, 0.2, -0.1, 0.4, -0.3, 0.1, 0.05, 0.04, -0.03]
    let energy = try truth.makeEnergy(on: lattice)
    var set = TrainingSet(lattice: lattice, temperature: 0.2)
    for n in 0..<count {
      let field = Field(
        places: 16, components: 3,
        values: (0..<16).flatMap { _ in
          let spin = random.unitVector()
          return [spin.x, spin.y, spin.z]
        })
      try set.append(field, logWeight: -energy.energy(field) / 0.2, chain: n % 4)
    }
    return (set, truth)
  }

  func start(_ seed: UInt64 = 1) -> AttentionModel {
    var random = RandomStream(key: seed, nonce: 3)
    var model = AttentionArchitecture(layers: 1, smearingShells: 2, couplingShells: 2).makeModel()
    model.initialize(using: &random)
    return model
  }

  @Test func levenbergMarquardtBeatsTheLinearModel() throws {
    let (set, _) = try Self.samples(800)
    let linear = try LinearFit.fit(LinearModel(shells: 2), on: set)
    let best = try (1...3).map { seed in
      try LevenbergMarquardt(start(UInt64(seed)), on: set).run()
    }.min { $0.residualSigma < $1.residualSigma }
    let sigma = try #require(best).residualSigma
    #expect(sigma < 0.3 * linear.residualSigma)
  }

  @Test func errorOnTheTrainingChainsNeverRises() throws {
    let (set, _) = try Self.samples(400)
    let curve = try LevenbergMarquardt(start(), on: set).run().learningCurve
    #expect(curve.count > 3)
    for (a, b) in zip(curve, curve.dropFirst()) {
      #expect(b.trainingError <= a.trainingError * (1 + 1e-9))
    }
  }

  @Test func levenbergMarquardtContinuesBitForBit() throws {
    let (set, _) = try Self.samples(300)
    let whole = try LevenbergMarquardt(start(), on: set)
    for _ in 0..<6 { try whole.advance() }
    let first = try LevenbergMarquardt(start(), on: set)
    for _ in 0..<3 { try first.advance() }
    let second = try LevenbergMarquardt(start(), on: set)
    try second.restore(first.state)
    for _ in 0..<3 { try second.advance() }
    #expect(second.state == whole.state)
    #expect(second.outcome().residualSigma == whole.outcome().residualSigma)
  }

  @Test func adamContinuesBitForBitAndLearns() throws {
    let (set, _) = try Self.samples(400)
    let settings = AdamWSettings(epochs: 8, batch: 32, rate: 1e-2)
    func training() throws -> AdamW {
      try AdamW(start(), on: set, settings: settings, using: RandomStream(key: 6, nonce: 6))
    }
    let whole = try training()
    let outcome = try whole.run()
    let first = try training()
    for _ in 0..<5 { try first.advance() }
    let second = try training()
    try second.restore(first.state)
    while !second.isFinished { try second.advance() }
    #expect(second.state == whole.state)
    let curve = outcome.learningCurve
    #expect(
      try #require(curve.last).trainingError < 0.9 * (try #require(curve.first).trainingError))
  }

  @Test func augmentationTeachesRotations() throws {
    // 300 samples: without augmentation the raw network overfits them.
    let (set, _) = try Self.samples(400)
    func error(_ rotates: Bool) throws -> Double {
      var random = RandomStream(key: 3, nonce: 3)
      var model = ConvolutionalArchitecture(
        patchShells: 1, hidden: [8, 8], home: Self.lattice
      ).makeModel()
      model.initialize(using: &random)
      let settings = AdamWSettings(epochs: 40, batch: 16, rate: 1e-2, rotates: rotates)
      let trained = try AdamW(model, on: set, settings: settings, using: random)
      while !trained.isFinished { try trained.advance() }
      return try #require(trained.state.curve.last).heldOutError
    }
    #expect(try error(true) < error(false))
  }
}
