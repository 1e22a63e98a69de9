import Foundation
import Lattice
import MonteCarlo
import Randomness
import ScalarField
import Statistics
import Testing

@Suite struct ScalarFieldTests {
  static let system: Result<ScalarFieldSystem, FieldError> = Result { () throws(FieldError) in
    try ScalarFieldSystem(extents: [4, 3], massSquared: 0.4, lambda: 0.7)
  }

  @Test func changeIsTheDifferenceOfTwoWeights() throws {
    let system = try Self.system.get()
    var random = RandomStream(key: 1, nonce: 1)
    let field = system.randomField(using: &random)
    let weight = ScalarFieldAction(system)
    for index in field.values.indices {
      var moved = field
      moved.values[index] = 0.3
      let change = weight.change(of: field, at: index, to: 0.3)
      #expect(abs(change - (weight.logWeight(moved) - weight.logWeight(field))) < 1e-12)
    }
  }

  @Test func forceIsTheDerivative() throws {
    let system = try Self.system.get()
    var random = RandomStream(key: 2, nonce: 1)
    let field = system.randomField(using: &random)
    let weight = ScalarFieldAction(system)
    var gradient: [Double] = []
    _ = weight.force(field, into: &gradient)
    for index in field.values.indices {
      let step = 1e-5
      let up = weight.change(of: field, at: index, to: field.values[index] + step)
      let down = weight.change(of: field, at: index, to: field.values[index] - step)
      #expect(abs(gradient[index] - (up - down) / (2 * step)) < 1e-7)
    }
  }

  static func chain(
    _ system: ScalarFieldSystem, thermalisation: Int, stride: Int, recordsField: Bool,
    random: RandomStream
  ) -> RecordingChain {
    var random = random
    let start = system.randomField(using: &random)
    return RecordingChain(
      system,
      MetropolisUpdater(
        ScalarFieldAction(system), width: system.stepWidth, start: start, random: random),
      settings: RecordingSettings(
        thermalisation: thermalisation, stride: stride, recordsField: recordsField))
  }

  /// Rows of one chain for each replica.
  static func rows(_ system: ScalarFieldSystem, replicas: Int, steps: Int) -> [[[Double]]] {
    (0..<replicas).map { replica in
      let chain = ScalarFieldTests.chain(
        system, thermalisation: 100, stride: 4, recordsField: false,
        random: RandomStream(key: 5, nonce: UInt64(replica)))
      let width = chain.columns.count
      return (0..<steps).map { _ in
        var row: [Double] = []
        chain.advance(into: &row)
        #expect(row.count == width)
        return row
      }
    }
  }

  static func mean(_ name: String, _ system: ScalarFieldSystem, _ rows: [[[Double]]]) throws
    -> AutocorrelationAnalysis
  {
    let place = try #require(system.observables.firstIndex { $0.name == name })
    return try AutocorrelationAnalysis(replicas: rows.map { $0.map { $0[place + 1] } })
  }

  /// lambda = 0: <phi^2> = (1/N) sum_k 1 / (m^2 + sum_mu 4 sin^2(k_mu / 2)).
  /// Five standard errors: a false alarm in 2e6 runs.
  @Test func freeFieldHasItsClosedForm() throws {
    let (extents, mass) = ([4, 4], 0.5)
    let system = try ScalarFieldSystem(extents: extents, massSquared: mass, lambda: 0)
    var exact = 0.0
    for x in 0..<4 {
      for y in 0..<4 {
        let waves = [x, y].map { 4 * pow(sin(Double.pi * Double($0) / 4), 2) }
        exact += 1 / (mass + waves[0] + waves[1]) / 16
      }
    }
    let rows = Self.rows(system, replicas: 2, steps: 4000)
    let square = try Self.mean("fieldSquared", system, rows)
    #expect(square.error < 0.01)
    #expect(abs(square.mean - exact) < 5 * square.error)
  }

  /// <sum phi dS/dphi> / N = 1 for every lambda, by partial integration. Five standard errors.
  @Test(arguments: [(-1.0, 0.5), (0.3, 0.1)])
  func schwingerDysonHolds(mass: Double, lambda: Double) throws {
    let system = try ScalarFieldSystem(extents: [4, 3], massSquared: mass, lambda: lambda)
    let rows = Self.rows(system, replicas: 2, steps: 4000)
    let identity = try Self.mean("schwingerDyson", system, rows)
    #expect(identity.error < 0.02)
    #expect(abs(identity.mean - 1) < 5 * identity.error)
  }

  @Test func aRestoredChainContinuesBitForBit() throws {
    let system = try Self.system.get()
    func chain() -> RecordingChain {
      ScalarFieldTests.chain(
        system, thermalisation: 20, stride: 2, recordsField: true,
        random: RandomStream(key: 9, nonce: 9))
    }
    var (whole, first, second) = ([Double](), [Double](), [Double]())
    let one = chain()
    for _ in 0..<6 { one.advance(into: &whole) }
    let begun = chain()
    for _ in 0..<2 { begun.advance(into: &first) }
    let other = chain()
    try other.restore(begun.state)
    for _ in 0..<4 { other.advance(into: &second) }
    #expect(first + second == whole)
  }

  @Test func refusesWhatNothingHolds() {
    #expect(throws: FieldError.self) {
      try ScalarFieldSystem(extents: [4], massSquared: -1, lambda: 0)
    }
    #expect(throws: FieldError.self) {
      try ScalarFieldSystem(extents: [1, 4], massSquared: 1, lambda: 1)
    }
  }
}
