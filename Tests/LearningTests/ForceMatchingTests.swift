import Lattice
import Learning
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct ForceMatchingTests {
  /// ln W of `TrainingTests.samples`, and its derivative.
  final class AttentionWeight: Action {
    let energy: any EffectiveEnergy
    var shift = 0.0

    init(_ model: AttentionModel) throws {
      energy = try model.makeEnergy(on: TrainingTests.lattice)
    }

    func logWeight(_ field: borrowing Field) -> Double { -energy.energy(field) / 0.2 + shift }
    func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
      for i in gradient.indices { gradient[i] = 0 }
      return -energy.fieldGradient(field, scale: -1 / 0.2, into: &gradient) / 0.2 + shift
    }
  }

  func samples(_ count: Int) throws -> TrainingSet {
    var (set, truth) = try TrainingTests.samples(count)
    try set.addForces(of: AttentionWeight(truth))
    return set
  }

  func start() -> AttentionModel {
    var random = RandomStream(key: 1, nonce: 3)
    var model = AttentionArchitecture(layers: 1, smearingShells: 2, couplingShells: 2).makeModel()
    model.initialize(using: &random)
    return model
  }

  /// At the model that made the samples nothing pulls: neither optimiser moves away farther than
  /// the differences along the directions, which stand for derivatives, are good for.
  @Test func theTruthStays() throws {
    var (set, truth) = try TrainingTests.samples(200)
    try set.addForces(of: AttentionWeight(truth))
    let matching = ForceMatching(weight: 1, directions: 2)
    let newton = try LevenbergMarquardt(truth, on: set, settings: .init(forces: matching))
    try newton.advance()
    let settings = AdamWSettings(epochs: 1, batch: 25, rate: 1e-9, forces: matching)
    let adam = try AdamW(truth, on: set, settings: settings, using: RandomStream(key: 2, nonce: 1))
    try adam.advance()
    for training: any Training in [newton, adam] {
      #expect(training.outcome().residualSigma < 1e-5)
    }
  }

  @Test func adamLearnsFromForcesAndContinuesBitForBit() throws {
    let set = try samples(200)
    let settings = AdamWSettings(epochs: 10, batch: 25, rate: 1e-2, forces: ForceMatching())
    func training() throws -> AdamW {
      try AdamW(start(), on: set, settings: settings, using: RandomStream(key: 6, nonce: 6))
    }
    let whole = try training()
    let outcome = try whole.run()
    let first = try training()
    for _ in 0..<4 { try first.advance() }
    let second = try training()
    try second.restore(first.state)
    while !second.isFinished { try second.advance() }
    #expect(second.state == whole.state)
    let curve = outcome.learningCurve
    #expect(
      try #require(curve.last).heldOutError < 0.8 * (try #require(curve.first).heldOutError))
  }

  @Test func samplesOfAnotherWeightAreNamed() throws {
    var (set, truth) = try TrainingTests.samples(20)
    let weight = try AttentionWeight(truth)
    weight.shift = 0.1
    #expect(throws: LearningError.self) { try set.addForces(of: weight) }
    #expect(throws: LearningError.self) { try set.setForces([1, 2, 3]) }
    #expect(throws: LearningError.self) {
      try set.setForces([Double](repeating: .nan, count: set.fields.count))
    }
  }
}
