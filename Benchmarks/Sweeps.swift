import DoubleExchange
import Foundation
import MonteCarlo
import Randomness

/// Bare sweeps of one method, for profilers and allocation counters: METHOD SWEEPS [EXTENT].
func benchSweeps(_ arguments: [String]) throws {
  guard arguments.count >= 2, let method = ExactMethod(rawValue: arguments[0]),
    let sweeps = Int(arguments[1])
  else { throw BenchmarkError("sweeps METHOD SWEEPS [EXTENT]") }
  let extent = arguments.count > 2 ? Int(arguments[2]) ?? 6 : 6
  let system = try DoubleExchangeSystem(
    extents: [extent, extent], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.05)
  let chain = try RecordingChain(
    system,
    settings: ExactChainSettings(
      method: method, thermalisation: 0, mix: ProposalMix(fresh: 1, rotation: 1, reflection: 1),
      temperatures: method == .replicaExchange ? [0.07] : [], recordsSpins: false),
    random: RandomStream(key: 1, nonce: 2))
  var acceptance = 0.0
  let time = seconds { for _ in 0..<sweeps { acceptance += chain.updater.sweep() } }
  print(
    String(
      format: "%.3f us a site, acceptance %.3f", time * 1e6 / Double(sweeps * extent * extent),
      acceptance / Double(sweeps)))
}

struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
