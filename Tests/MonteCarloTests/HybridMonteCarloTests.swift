import MonteCarlo
import Randomness
import Testing

/// ln W = -sum x^2 / 2 in two parts, so that there are two time scales.
private final class Part: Force {
  private let share: Double
  init(_ share: Double) { self.share = share }

  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    gradient = field.values.map { [share] in -share * $0 }
    return -share * field.values.reduce(0) { $0 + $1 * $1 } / 2
  }
}

@Suite struct HybridMonteCarloTests {
  private static let nested = Integrator.leapfrog.over(.omelyan, steps: 3)
  private static let integrators = [Integrator.leapfrog, .omelyan, nested]

  private func engine(
    _ integrator: Integrator, steps: Int, on sphere: Bool = false
  ) -> HybridMonteCarlo {
    var random = RandomStream(key: 4, nonce: 4)
    var field = Field(places: 8, components: 3)
    let space: any FieldSpace = sphere ? UnitVectors() : FlatSpace()
    space.randomise(&field, using: &random)
    let isNested = integrator == Self.nested
    return HybridMonteCarlo(
      isNested ? [Part(0.3), Part(0.7)] : [Part(1)], in: space, from: field, by: integrator,
      steps: steps)
  }

  private func momenta() -> [Double] {
    var random = RandomStream(key: 6, nonce: 1)
    return (0..<24).map { _ in random.normalPair().0 }
  }

  /// Forwards, momenta turned round, and back again.
  @Test(arguments: integrators, [false, true])
  func trajectoriesCanBeUndone(integrator: Integrator, sphere: Bool) {
    let engine = engine(integrator, steps: 5, on: sphere)
    let start = engine.field
    var begun = momenta()
    if sphere { UnitVectors().project(&begun, at: start) }
    let there = engine.follow(step: 0.2, momenta: begun)
    #expect(zip(engine.field.values, start.values).contains { abs($0 - $1) > 0.1 })
    let back = engine.follow(step: 0.2, momenta: there.momenta.map { -$0 })
    for (a, b) in zip(engine.field.values, start.values) { #expect(abs(a - b) < 1e-12) }
    for (a, b) in zip(back.momenta, begun) { #expect(abs(a + b) < 1e-12) }
  }

  /// All of them are of second order: half the step, a quarter of the error, and Omelyan's is smaller than
  /// the leapfrog's at the same step.
  @Test(arguments: integrators) func theErrorIsOfSecondOrder(integrator: Integrator) {
    let coarse = abs(engine(integrator, steps: 4).follow(step: 0.2, momenta: momenta()).energyError)
    let fine = abs(engine(integrator, steps: 8).follow(step: 0.1, momenta: momenta()).energyError)
    #expect(coarse > 1e-7)
    #expect(fine / coarse > 0.2 && fine / coarse < 0.3, "\(integrator.name)")
  }

  @Test func omelyanErrsLess() {
    let plain = engine(.leapfrog, steps: 4).follow(step: 0.2, momenta: momenta()).energyError
    let better = engine(.omelyan, steps: 4).follow(step: 0.2, momenta: momenta()).energyError
    #expect(abs(better) < abs(plain) / 5)
  }

  /// Kicks that meet are one: a trajectory of n leapfrog steps has n + 1 of them.
  @Test func kicksThatMeetAreOne() {
    let weight = Counting()
    let engine = HybridMonteCarlo(
      [weight], in: FlatSpace(), from: Field(places: 2, components: 1), steps: 6)
    #expect(weight.count == 1)
    var random = RandomStream(key: 1, nonce: 1)
    _ = engine.trajectory(step: 0.1, using: &random)
    #expect(weight.count == 7, "the force at the start is known")
  }

  private final class Counting: Force {
    var count = 0
    func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
      count += 1
      gradient = field.values.map { -$0 }
      return -field.values.reduce(0) { $0 + $1 * $1 } / 2
    }
  }

  /// Independent normal deviates: <x^2> = 1 for any integrator and any step. 6,000 trajectories of 24 numbers
  /// whose tau is below 5: the error is below 0.012; four of them, once in 16,000.
  @Test(arguments: integrators) func samplesTheWeight(integrator: Integrator) {
    let engine = engine(integrator, steps: 4)
    var random = RandomStream(key: 2, nonce: 7)
    var (sum, accepted) = (0.0, 0.0)
    for trajectory in 0..<6500 {
      let isAccepted = engine.trajectory(step: 0.45, using: &random).isAccepted
      guard trajectory >= 500 else { continue }
      accepted += isAccepted ? 1 : 0
      sum += engine.field.values.reduce(0) { $0 + $1 * $1 } / 24
    }
    #expect(abs(sum / 6000 - 1) < 4 * 0.012)
    #expect(accepted / 6000 > 0.5 && accepted / 6000 < 1)
  }
}

@Suite struct FieldSpaceTests {
  @Test func vectorsOfAnyLengthAreDrawnAndMended() throws {
    for components in [2, 3, 4] {
      var random = RandomStream(key: 3, nonce: UInt64(components))
      var field = Field(places: 50, components: components)
      let space = UnitVectors("spin")
      space.randomise(&field, using: &random)
      try space.validate(field)
      field.values[components] *= 1.001
      #expect(throws: FieldError.self) { try space.validate(field) }
      #expect(space.retract(&field) > 0)
      try space.validate(field)
      // Uniform: the mean of a component vanishes within four of 1/sqrt(50 n).
      let mean = (0..<50).reduce(0.0) { $0 + field.values[$1 * components] } / 50
      #expect(abs(mean) < 4 / (50 * Double(components)).squareRoot())
    }
  }

  @Test func shapesAreChecked() throws {
    let shape = FieldShape("spins", on: Springs(4).lattice, components: 3)
    #expect(shape.count == 12 && shape.dimensions == [4, 3])
    #expect(throws: FieldError.self) { try shape.check(Field(places: 4, components: 1)) }
    #expect(throws: FieldError.self) { try shape.check(Field(places: 3, components: 3)) }
    #expect(throws: FieldError.self) { try shape.field([1, 2]) }
    try shape.check(shape.zero)
  }

  @Test func flatSpaceRefusesWhatIsNoNumber() {
    let field = Field(places: 2, components: 1, values: [1, .nan])
    #expect(throws: FieldError.self) { try FlatSpace().validate(field) }
  }
}
