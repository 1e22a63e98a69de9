import DoubleExchange
import Foundation
import Lattice
import MonteCarlo
import Testing

@Suite("ln W by diagonalisation")
struct LogWeightTests {
  @Test("the reference file to 1e-9 in ln W and levels", arguments: try ReferenceCase.all())
  func reference(example: ReferenceCase) throws {
    let system = try example.system()
    try system.validate(example.field)
    let weight = DoubleExchangeWeight(system, route: .levels)
    let value = weight.logWeight(example.field)
    #expect(abs(value / example.logWeight - 1) < 1e-9, "\(example.name)")
    let worst = zip(weight.levels, example.levels).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 1e-10, "\(example.name)")
    #expect(weight.levels.count == example.levels.count)
  }

  @Test(
    "free fermions: E = -2t sum cos k, twice",
    arguments: [[4, 4], [6, 3], [1, 5], [2, 2], [1, 1], [7], [2, 3, 4]])
  func free(extents: [Int]) throws {
    let (t, mu, temperature) = (0.7, 0.3, 0.11)
    let system = try system(extents, hopping: t, coupling: 0, mu: mu, temperature: temperature)
    var levels: [Double] = []
    for k in 0..<system.lattice.sites {
      let energy = zip(system.lattice.coordinates(of: k), extents).reduce(0.0) {
        $0 - 2 * t * cos(2 * .pi * Double($1.0) / Double($1.1))
      }
      levels += [energy, energy]
    }
    let weight = DoubleExchangeWeight(system, route: .levels)
    let found = weight.levels(of: randomField(system, seed: 1))
    for (a, b) in zip(found, levels.sorted()) { #expect(abs(a - b) < 1e-13) }
    let expected = levels.reduce(0) { $0 + log(1 + exp(-($1 - mu) / temperature)) }
    #expect(abs(weight.logWeight(randomField(system, seed: 2)) - expected) < 1e-10)
  }

  @Test(
    "without hopping every site has the levels -+J/2, whatever the spins", arguments: [0.5, 40])
  func atomic(coupling: Double) throws {
    let system = try system([3, 4], hopping: 0, coupling: coupling)
    let x = coupling / 2 / 0.05
    let expected = 12 * (x + 2 * log1p(exp(-x)))
    let value = DoubleExchangeWeight(system, route: .levels).logWeight(randomField(system, seed: 3))
    #expect(abs(value / expected - 1) < 1e-13)
  }

  @Test("J -> infinity: hopping scaled by the spinor overlap |cos(theta/2)|")
  func strongCoupling() throws {
    // Two sites, doubled bond 2t: the lower band is -J/2 -+ 2t cos(theta/2) up to O(t^2/J).
    let coupling = 1e5
    let system = try system([2, 1], coupling: coupling)
    var field = Field(places: 2, components: 3)
    let theta = 1.1
    field.setSpin([0, 0, 1], at: 0)
    field.setSpin([sin(theta), 0, cos(theta)], at: 1)
    let levels = DoubleExchangeWeight(system, route: .levels).levels(of: field)
    // Extent 1 adds -2t to every level.
    #expect(abs(levels[0] - (-coupling / 2 - 2 - 2 * cos(theta / 2))) < 1e-4)
    #expect(abs(levels[1] - (-coupling / 2 - 2 + 2 * cos(theta / 2))) < 1e-4)
  }

  @Test("a fully ordered field splits every level by J")
  func ordered() throws {
    let (free, system) = (try system([4, 6], coupling: 0), try system([4, 6], coupling: 0.8))
    let bare = DoubleExchangeWeight(free).levels(of: orderedField(free))
    let split = DoubleExchangeWeight(system, route: .levels).levels(of: orderedField(system))
    let single = stride(from: 0, to: bare.count, by: 2).map { bare[$0] }
    let expected = (single.map { $0 - 0.4 } + single.map { $0 + 0.4 }).sorted()
    for (a, b) in zip(split, expected) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("staggered order: E = -+sqrt(e^2 + J^2/4)")
  func staggered() throws {
    let (free, system) = (try system([4, 4], coupling: 0), try system([4, 4], coupling: 1.4))
    let bare = DoubleExchangeWeight(free).levels(of: orderedField(free))
    let found = DoubleExchangeWeight(system, route: .levels).levels(
      of: orderedField(system, staggered: true))
    let expected = bare.map { $0.sign * ($0 * $0 + 0.49).squareRoot() }
    let sorted = found.map { abs($0) }.sorted()
    for (a, b) in zip(sorted, expected.map { abs($0) }.sorted()) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("no overflow at any temperature", arguments: [1e-300, 1e-5, 1, 1e8, 1e300])
  func extremes(temperature: Double) throws {
    let system = try system([4, 4], temperature: temperature)
    for route in [LogWeightRoute.levels, .automatic] {
      let value = DoubleExchangeWeight(system, route: route).logWeight(
        randomField(system, seed: 4))
      #expect(value.isFinite)
      if temperature >= 1e8 { #expect(abs(value - 32 * log(2)) < 1e-6) }
    }
  }
}

extension Double {
  fileprivate var sign: Double { self < 0 ? -1 : 1 }
}
