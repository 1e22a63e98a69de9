import Foundation
import Lattice
import Learning
import MonteCarlo
import Randomness
import SpinModels

/// The attention's passes over 256 configurations on 6 x 6, in microseconds per configuration, and
/// an epoch of AdamW over 10,240 of them, in milliseconds: [LAYERS …].
///
/// Beside them the time in one run of Benchmarks/peers/attention_jax.py gives the ratio to JAX.
func benchAttention(_ arguments: [String]) throws {
  let layers = arguments.compactMap { Int($0) }
  let peak = peakRate()
  print(String(format: "fused multiply-adds on four lanes reach %.1f GFLOP/s", peak))
  print("layers   energy/us   gradient/us   epoch/ms   GFLOP/s of the energy, share of the peak")
  for count in layers.isEmpty ? [1, 3, 6] : layers {
    let model = randomAttention(layers: count)
    let energy = try model.makeBatchEnergy(on: Torus([6, 6]))
    let fields = randomFields(256, sites: 36)
    var energies = [Double](repeating: 0, count: 256)
    var gradient = [Double](repeating: 0, count: energy.parameters.count)
    let forward = medianTime { energy.energies(fields, into: &energies) } / 256
    let backward =
      medianTime {
        energy.weightedGradient(fields, range: 0..<256, into: &gradient) { _, value in value }
      } / 256
    let rate = energyWork(layers: count) / forward * 1e-9
    print(
      String(
        format: "%6d %11.3f %13.3f %10.1f %12.1f, %.0f %%", count, forward * 1e6,
        backward * 1e6, try epochTime(model) * 1e3, rate, 100 * rate / peak))
  }
}

/// Floating-point operations of one energy on 6 x 6 with six and three shells, a fused
/// multiply-add counted as two, a maximum, a root and a division as one.
///
/// A site and layer: 27 spins summed to shells, 7 shells weighted three times, the factor of the
/// queries, 36 pairs of twelve (product, maximum, accumulation), the norm. Then twelve neighbours
/// and three products.
private func energyWork(layers: Int) -> Double {
  let layer = 27 * 3 + 7 * 9 * 2 + 3 + 36 * (5 + 1 + 6) + 10
  return Double(36 * (layers * layer + 12 * 3 + 3 * 6))
}

/// GFLOP/s of independent fused multiply-adds in registers: what the core can do at best with the
/// vectors that the kernels use.
private func peakRate() -> Double {
  let rounds = 2_000_000
  let (factor, shift) = (SIMD4<Double>(repeating: 0.999), SIMD4<Double>(repeating: 0.001))
  var sums = InlineArray<12, SIMD4<Double>>(repeating: .zero)
  let time = medianTime {
    for _ in 0..<rounds {
      for i in 0..<12 { sums[i] = shift.addingProduct(sums[i], factor) }
    }
  }
  guard sums[0][0] < 2 else { return .nan }
  return Double(rounds * 12 * 4 * 2) / time * 1e-9
}

/// One epoch of training: 40 steps of 256 configurations in a new order, and the errors after it.
private func epochTime(_ model: AttentionModel) throws -> Double {
  var random = RandomStream(key: 3, nonce: 5)
  var set = TrainingSet(lattice: Torus([6, 6]), temperature: 0.05)
  for chain in 0..<5 {
    let count = chain < 4 ? 2560 : 256
    try set.append(
      fields: randomFields(count, sites: 36),
      logWeights: (0..<count).map { _ in random.normalPair().0 }, chain: chain)
  }
  let training = try AdamW(
    model, on: set, settings: AdamWSettings(epochs: 1000, patience: 1000, heldOut: 0.2),
    using: random)
  let times = try (0..<7).map { _ in
    let start = processorSeconds()
    try training.advance()
    return processorSeconds() - start
  }
  return times.sorted()[3]
}

private func randomAttention(layers: Int) -> AttentionModel {
  var random = RandomStream(key: 1, nonce: 5)
  var model = AttentionArchitecture(layers: layers).makeModel()
  for i in model.parameters.values.indices {
    model.parameters.values[i] = 0.3 * random.normalPair().0
  }
  return model
}

private func randomFields(_ count: Int, sites: Int) -> [Double] {
  var random = RandomStream(key: 2, nonce: 5)
  return (0..<(count * sites)).flatMap { _ in
    let spin = random.unitVector()
    return [spin.x, spin.y, spin.z]
  }
}

/// Of this process: what others do on the machine counts as little as can be.
private func processorSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func medianTime(_ body: () -> Void) -> Double {
  body()
  let times = (0..<15).map { _ in
    let start = processorSeconds()
    body()
    return processorSeconds() - start
  }
  return times.sorted()[7]
}
