import Foundation
import Lattice
import MonteCarlo
import PlanarSpins
import Randomness
import Statistics
import Testing

@Suite struct PlanarSpinTests {
  private func system(_ extents: [Int], temperature: Double = 0.8) throws -> PlanarSpinSystem {
    try PlanarSpinSystem(extents: extents, coupling: 1.3, temperature: temperature)
  }

  @Test(arguments: [[3, 4], [2, 2], [5], [3, 2, 3]])
  func forceIsTheDerivative(extents: [Int]) throws {
    let system = try system(extents)
    var random = RandomStream(key: 1, nonce: 2)
    var field = system.randomField(using: &random)
    let action = system.makeAction()
    var gradient: [Double] = []
    let logWeight = action.force(field, into: &gradient)
    #expect(logWeight == action.logWeight(field))
    for index in field.values.indices {
      let (value, step) = (field.values[index], 1e-5)
      field.values[index] = value + step
      let up = action.logWeight(field)
      field.values[index] = value - step
      let down = action.logWeight(field)
      field.values[index] = value
      #expect(abs(gradient[index] - (up - down) / (2 * step)) < 1e-8)
    }
  }

  @Test func turningAllSpinsChangesNothing() throws {
    let system = try system([4, 3])
    var random = RandomStream(key: 3, nonce: 4)
    let field = system.randomField(using: &random)
    var turned = field
    for site in 0..<field.places {
      let (x, y) = (field.values[2 * site], field.values[2 * site + 1])
      turned.values[2 * site] = cos(0.7) * x - sin(0.7) * y
      turned.values[2 * site + 1] = sin(0.7) * x + cos(0.7) * y
    }
    let (one, other) = (system.makeAction(), system.makeAction())
    #expect(abs(one.logWeight(field) - other.logWeight(turned)) < 1e-12)
    var (before, after) = ([Double](), [Double]())
    _ = system.makeMeasurement().measure(field, into: &before)
    _ = system.makeMeasurement().measure(turned, into: &after)
    for (a, b) in zip(before, after) { #expect(abs(a - b) < 1e-12) }
  }

  private func chain(
    _ system: PlanarSpinSystem, hybrid: Bool, seed: UInt64, field: Bool = false
  ) -> RecordingChain {
    var random = RandomStream(key: 7, nonce: seed)
    let start = system.randomField(using: &random)
    let updater: any Updater =
      hybrid
      ? HybridUpdater(system, steps: 6, integrator: .omelyan, start: start, random: random)
      : PlanarHeatBath(system, start: start, random: random)
    return RecordingChain(
      system, updater,
      settings: RecordingSettings(thermalisation: 200, stride: 2, recordsField: field))
  }

  private func mean(
    _ name: String, _ system: PlanarSpinSystem, hybrid: Bool
  ) throws -> AutocorrelationAnalysis {
    let replicas = (0..<2).map { replica -> [Double] in
      let chain = chain(system, hybrid: hybrid, seed: UInt64(replica))
      let place = chain.columns.firstIndex { $0.name == name } ?? 0
      return (0..<3000).map { _ in
        var row: [Double] = []
        chain.advance(into: &row)
        return row[place]
      }
    }
    return try AutocorrelationAnalysis(replicas: replicas)
  }

  /// A ring of three has <cos> of neighbours from a sum over Fourier modes of the transfer matrix:
  /// Z = sum_n I_n(k)^3, e = -sum_n I_n^2 I_n' / Z. Five standard errors: a false alarm in 2e6 runs.
  @Test(arguments: [false, true]) func aRingHasItsClosedForm(hybrid: Bool) throws {
    let system = try PlanarSpinSystem(extents: [3], coupling: 1, temperature: 0.7)
    let k = 1 / 0.7
    func bessel(_ n: Int) -> Double {
      let steps = 400
      return (0..<steps).reduce(0.0) {
        let angle = 2 * Double.pi * Double($1) / Double(steps)
        return $0 + exp(k * cos(angle)) * cos(Double(n) * angle)
      } / Double(steps)
    }
    let (norm, sum) = (-12...12).reduce((0.0, 0.0)) { total, n in
      let (i, slope) = (bessel(n), (bessel(n - 1) + bessel(n + 1)) / 2)
      return (total.0 + i * i * i, total.1 + i * i * slope)
    }
    let energy = try mean("energy", system, hybrid: hybrid)
    #expect(energy.error < 0.01)
    #expect(abs(energy.mean + sum / norm) < 5 * energy.error)
  }

  /// Heat bath and hybrid Monte Carlo share no code. Five standard errors of the difference.
  @Test(arguments: ["energy", "helicityModulus", "magnetisationSquared"])
  func bothSamplersAgree(name: String) throws {
    let system = try system([4, 4], temperature: 1.2)
    let (bath, hybrid) = (
      try mean(name, system, hybrid: false), try mean(name, system, hybrid: true)
    )
    let error = (bath.error * bath.error + hybrid.error * hybrid.error).squareRoot()
    #expect(error < 0.02)
    #expect(abs(bath.mean - hybrid.mean) < 5 * error)
  }

  @Test(arguments: [false, true]) func continuesBitForBit(hybrid: Bool) throws {
    let system = try system([3, 3])
    var (whole, first, second) = ([Double](), [Double](), [Double]())
    let one = chain(system, hybrid: hybrid, seed: 9, field: true)
    for _ in 0..<6 { one.advance(into: &whole) }
    let begun = chain(system, hybrid: hybrid, seed: 9, field: true)
    for _ in 0..<2 { begun.advance(into: &first) }
    let other = chain(system, hybrid: hybrid, seed: 1, field: true)
    try other.restore(begun.state)
    for _ in 0..<4 { other.advance(into: &second) }
    #expect(first + second == whole)
  }

  @Test func whatCannotBeIsRefused() {
    #expect(throws: FieldError.self) {
      try PlanarSpinSystem(extents: [1, 4], coupling: 1, temperature: 1)
    }
    #expect(throws: FieldError.self) {
      try PlanarSpinSystem(extents: [4], coupling: 1, temperature: 0)
    }
  }

  @Test func correlatorBeginsAtOneAndIsThatOfNeighbours() throws {
    let system = try system([6, 4])
    var random = RandomStream(key: 5, nonce: 6)
    let field = system.randomField(using: &random)
    var values: [Double] = []
    _ = PlanarCorrelator(system).measure(field, into: &values)
    #expect(values.count == 4)
    #expect(abs(values[0] - 1) < 1e-12)
    let sum = (0..<24).reduce(0.0) { sum, site in
      let next = system.lattice.site(site, movedBy: [1, 0])
      return sum + field.values[2 * site] * field.values[2 * next]
        + field.values[2 * site + 1] * field.values[2 * next + 1]
    }
    #expect(abs(values[1] - sum / 24) < 1e-12)
  }
}
