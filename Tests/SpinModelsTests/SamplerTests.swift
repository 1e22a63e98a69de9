import Lattice
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct SamplerTests {
  /// 10^5 single-spin updates; the energy kept along must not drift. Fermions need an eigenproblem
  /// a candidate, so they walk on a smaller lattice.
  @Test(arguments: ModelCase.ofAnyField)
  func energyKeptAlongIsTheEnergy(_ example: ModelCase) throws {
    let lattice = Torus(example.model.kind == "fermion-window" ? [2, 2] : [4, 4])
    let energy = try example.model.makeEnergy(on: lattice)
    let sampler = energy.makeLocalSampler(
      from: example.field(on: lattice, seed: 61), temperature: 1)
    var random = RandomStream(key: 2, nonce: 3)
    var moved = 0.0
    for _ in 0..<100 {
      for _ in 0..<(1000 / lattice.sites + 1) { moved += sampler.sweep(using: &random) }
      #expect(abs(sampler.energy - energy.energy(sampler.field)) < 1e-9)
    }
    #expect(moved * Double(lattice.sites) > 10_000)
    guard example.model.components == 3 else { return }
    for i in 0..<lattice.sites { #expect(abs(norm(sampler.field, i) - 1) < 1e-12) }
  }

  @Test(arguments: ModelCase.ofAnyField)
  func restartsFromTheGivenField(_ example: ModelCase) throws {
    let lattice = Torus([4, 4])
    let start = example.field(on: lattice, seed: 62)
    let energy = try example.model.makeEnergy(on: lattice)
    let sampler = energy.makeLocalSampler(from: start, temperature: 1)
    var random = RandomStream(key: 2, nonce: 4)
    var again = random
    _ = sampler.sweep(using: &random)
    let first = sampler.field
    sampler.reset(to: start)
    #expect(sampler.field == start)
    _ = sampler.sweep(using: &again)
    #expect(sampler.field == first)
  }

  /// Reweighting from one distribution: <H> of the chain against the ratio of uniform averages.
  /// 4000 sweeps, a few of them independent, and 4000 independent fields: joint sigma about 3 % of
  /// the spread of H; the bound is 5 sigma (false alarm below 1e-6 per model).
  @Test(arguments: ModelCase.all)
  func samplesTheBoltzmannDistribution(_ example: ModelCase) throws {
    let (lattice, temperature) = (Torus([4, 4]), 3.0)
    let energy = try example.model.makeEnergy(on: lattice)
    let sampler = energy.makeLocalSampler(
      from: randomSpins(lattice, seed: 63), temperature: temperature)
    var random = RandomStream(key: 12, nonce: 4)
    var chain = [Double]()
    for _ in 0..<4000 {
      _ = sampler.sweep(using: &random)
      chain.append(sampler.energy)
    }
    var (weights, weighted, squares) = (0.0, 0.0, 0.0)
    for n in 0..<4000 {
      let value = energy.energy(randomSpins(lattice, seed: UInt64(1000 + n)))
      let weight = 1 / value.exponentialOfOver(temperature)
      weights += weight
      weighted += weight * value
      squares += weight * value * value
    }
    let mean = weighted / weights
    let spread = (squares / weights - mean * mean).squareRoot()
    #expect(abs(chain.reduce(0, +) / Double(chain.count) - mean) < 0.15 * spread)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension Double {
  fileprivate func exponentialOfOver(_ temperature: Double) -> Double { exp(self / temperature) }
}
