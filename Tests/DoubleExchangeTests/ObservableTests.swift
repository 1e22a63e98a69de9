import DoubleExchange
import Foundation
import Lattice
import MonteCarlo
import Testing

@Suite("Observables")
struct ObservableTests {
  private func measured(_ system: DoubleExchangeSystem, _ field: Field) -> [String: Double] {
    var values: [Double] = []
    _ = system.makeMeasurement().measure(field, into: &values)
    #expect(values.count == system.observables.count)
    return Dictionary(uniqueKeysWithValues: zip(system.observables.map(\.name), values))
  }

  @Test("an ordered field: every moment and correlation is 1")
  func ordered() throws {
    let system = try system([6, 6])
    let m = measured(system, orderedField(system))
    #expect(m["magnetisation"] == 1 && m["magnetisationFourth"] == 1)
    #expect(m["staggeredMagnetisation"] == 0)
    #expect(m["nearestNeighbourCorrelation"] == 1)
    for shell in 1...9 { #expect(m["spinCorrelation\(shell)"] == 1) }
    #expect(m["structureFactorPiZero"] == 0 && m["structureFactorZeroPi"] == 0)
  }

  @Test("a staggered field: signs alternate with the distance")
  func staggered() throws {
    let system = try system([6, 6])
    let m = measured(system, orderedField(system, staggered: true))
    #expect(m["magnetisation"] == 0 && m["staggeredMagnetisation"] == 1)
    #expect(m["nearestNeighbourCorrelation"] == -1)
    for (k, shell) in system.lattice.shells.enumerated().dropFirst() {
      let sign = shell.representative.reduce(0, +) % 2 == 0 ? 1.0 : -1.0
      #expect(m["spinCorrelation\(k)"] == sign)
    }
  }

  @Test(
    "shell correlations weighted by coordination sum to N M^2 - 1", arguments: [[6, 6], [4, 3]])
  func sumRule(extents: [Int]) throws {
    let system = try system(extents)
    let m = measured(system, randomField(system, seed: 31))
    let sum = system.lattice.shells.enumerated().dropFirst().reduce(1.0) {
      $0 + Double($1.element.coordination) * (m["spinCorrelation\($1.offset)"] ?? .nan)
    }
    #expect(abs(sum - Double(system.lattice.sites) * (m["magnetisationSquared"] ?? .nan)) < 1e-12)
  }

  @Test("energy and density are derivatives of ln W", arguments: [0.0, 0.35])
  func derivatives(mu: Double) throws {
    let field = randomField(try system([4, 4], mu: mu), seed: 32)
    let m = measured(try system([4, 4], mu: mu), field)
    let (energy, density) = (m["energy"] ?? .nan, m["density"] ?? .nan)
    let h = 1e-4
    // d ln W / d mu = N n / T, d ln W / d beta = -N (e - mu n).
    let value = { (mu: Double, beta: Double) throws -> Double in
      DoubleExchangeWeight(try system([4, 4], mu: mu, temperature: 1 / beta)).logWeight(field)
    }
    let byMu = try (value(mu + h, 20) - value(mu - h, 20)) / (2 * h)
    #expect(abs(byMu * 0.05 / 16 - density) < 1e-6)
    let byBeta = try (value(mu, 20 + h) - value(mu, 20 - h)) / (2 * h)
    #expect(abs(-byBeta / 16 - (energy - mu * density)) < 1e-6)
    if mu == 0 { #expect(abs(density - 1) < 1e-13) }
  }

  @Test("the thermal variance is -de/dbeta at a fixed field")
  func variance() throws {
    let field = randomField(try system([4, 4]), seed: 33)
    let energy = { (beta: Double) throws -> Double in
      measured(try system([4, 4], temperature: 1 / beta), field)["energy"] ?? .nan
    }
    let h = 1e-3
    let slope = try (energy(5 + h) - energy(5 - h)) / (2 * h)
    let m = measured(try system([4, 4], temperature: 0.2), field)
    #expect(abs(slope + (m["thermalEnergyVariance"] ?? .nan)) < 1e-6)
  }

  @Test("S(q): sum rule, ends and the listed corners")
  func structure() throws {
    let system = try system([6, 4])
    let field = randomField(system, seed: 34)
    let s = StructureFactor(system.lattice)(field)
    let m = measured(system, field)
    #expect(abs(s.reduce(0, +) - 24) < 1e-12)
    #expect(abs(s[0] - 24 * (m["magnetisationSquared"] ?? .nan)) < 1e-12)
    #expect(abs(s[3 + 6 * 2] - 24 * (m["staggeredMagnetisationSquared"] ?? .nan)) < 1e-12)
    #expect(abs(s[3] - (m["structureFactorPiZero"] ?? .nan)) < 1e-12)
    #expect(abs(s[6 * 2] - (m["structureFactorZeroPi"] ?? .nan)) < 1e-12)
  }

  @Test("the density of states has unit area and the symmetry of the levels")
  func histogram() throws {
    let system = try system([4, 4])
    var histogram = DensityOfStates(system, bins: 30)
    let weight = DoubleExchangeWeight(system)
    for seed in 40..<60 as Range<UInt64> {
      histogram.add(weight.levels(of: randomField(system, seed: seed)))
    }
    let density = histogram.density
    #expect(abs(density.reduce(0, +) * 2 * histogram.edge / 30 - 1) < 1e-12)
    for (a, b) in zip(density, density.reversed()) { #expect(abs(a - b) < 1e-9) }
    #expect(histogram.counts.reduce(0, +) == 20 * 32)
  }
}
