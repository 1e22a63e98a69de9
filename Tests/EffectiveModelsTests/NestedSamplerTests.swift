import EffectiveModels
import Lattice
import MonteCarlo
import Randomness
import Testing

@Suite struct NestedSamplerTests {
  /// The coarse model is wrong on purpose; the fine one has the Langevin correlation
  /// coth x - 1/x at x = J/T = 2. 40000 steps of about half acceptance, sigma about 0.005; the
  /// bound is 5 sigma (false alarm below 1e-6).
  @Test func samplesTheFineModel() throws {
    let lattice = Torus([2, 1])
    let fine = try LinearModel(offset: 0, couplings: [0.5]).makeEnergy(on: lattice)
    let coarse = try LinearModel(offset: 3, couplings: [0.1]).makeEnergy(on: lattice)
    let sampler = NestedSampler(
      fine: fine, coarse: coarse, from: randomSpins(lattice, seed: 9), temperature: 0.25, stride: 1)
    var random = RandomStream(key: 17, nonce: 7)
    var (sum, accepted) = (0.0, 0.0)
    for _ in 0..<40000 {
      accepted += sampler.sweep(using: &random)
      sum -= sampler.energy / 0.5
    }
    #expect(abs(sum / 40000 - 0.5373147207) < 0.025)
    #expect(accepted > 10000 && accepted < 40000)
    #expect(abs(sampler.energy - fine.energy(sampler.field)) < 1e-12)
  }
}
