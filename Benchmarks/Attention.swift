import EffectiveModels
import Foundation
import Lattice
import MonteCarlo
import Randomness

/// The attention's passes over 256 configurations on 6 x 6, per configuration: [LAYERS …].
///
/// Beside them the time in one run of Benchmarks/peers/attention_jax.py gives the ratio to JAX. The
/// work counted is that of the pairs of sites alone, 2 x 6 flops per pair, layer and configuration
/// (a dot product and an accumulation), so the rate is a lower bound.
func benchAttention(_ arguments: [String]) throws {
  let layers = arguments.compactMap { Int($0) }
  print("layers   energy/us   gradient/us   GFLOP/s of the energy")
  for count in layers.isEmpty ? [1, 3, 6] : layers {
    let energy = try randomAttention(layers: count)
    let fields = randomFields(256, sites: 36)
    var energies = [Double](repeating: 0, count: 256)
    var gradient = [Double](repeating: 0, count: energy.parameters.count)
    let forward = medianTime { energy.energies(fields, into: &energies) } / 256
    let backward =
      medianTime {
        energy.weightedGradient(fields, range: 0..<256, into: &gradient) { _, value in value }
      } / 256
    print(
      String(
        format: "%6d %11.3f %13.3f %12.1f", count, forward * 1e6, backward * 1e6,
        Double(count * 36 * 36 * 12) / forward * 1e-9))
  }
}

private func randomAttention(layers: Int) throws -> LaneEnergy {
  var random = RandomStream(key: 1, nonce: 5)
  var model = AttentionArchitecture(layers: layers).makeModel()
  for i in model.parameters.values.indices {
    model.parameters.values[i] = 0.3 * random.normalPair().0
  }
  return try model.makeLaneEnergy(on: Torus([6, 6]))
}

private func randomFields(_ count: Int, sites: Int) -> [Double] {
  var random = RandomStream(key: 2, nonce: 5)
  return (0..<(count * sites)).flatMap { _ in
    let spin = random.unitVector()
    return [spin.x, spin.y, spin.z]
  }
}

private func medianTime(_ body: () -> Void) -> Double {
  body()
  let times = (0..<15).map { _ in
    let start = DispatchTime.now().uptimeNanoseconds
    body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }
  return times.sorted()[7]
}
