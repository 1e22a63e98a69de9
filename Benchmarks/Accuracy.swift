import DoubleExchange
import Foundation
import Lattice
import MonteCarlo
import Randomness

/// Errors of the fast chain's ln W: over beta and J from random, ordered and nearly degenerate
/// starts, and along a million updates.
func benchAccuracy(_ arguments: [String]) throws {
  print("  beta      J   poles   bound/update   worst error of Delta ln W over a sweep")
  for beta in [1.0, 5, 20, 60, 200] {
    for coupling in [0.1, 1, 3, 8] {
      let system = try DoubleExchangeSystem(
        extents: [4, 4], hopping: 1, coupling: coupling, chemicalPotential: 0,
        temperature: 1 / beta)
      var line = String(format: "%6.0f %6.1f", beta, coupling)
      for (index, start) in starts(system).enumerated() {
        let chain = try accuracyChain(system, start)
        if index == 0 {
          line += String(
            format: " %7.0f %14.1e", number(chain, "poles"), number(chain, "updateErrorBound"))
        }
        line += String(format: "   %8.1e", worstStep(chain, system, sweeps: 12))
      }
      print(line)
    }
  }
  try drift(updates: arguments.compactMap { Int($0) }.first ?? 1_000_000)
}

private func accuracyChain(
  _ system: DoubleExchangeSystem, _ start: Field
) throws -> RecordingChain {
  try RecordingChain(
    system,
    settings: ExactChainSettings(
      method: .fast, thermalisation: 0, mix: ProposalMix(fresh: 1, rotation: 1, reflection: 1),
      recordsSpins: false),
    start: start, random: RandomStream(key: 7, nonce: 9))
}

/// Random, ordered, staggered, and ordered up to angles of 1e-6 (nearly degenerate levels).
private func starts(_ system: DoubleExchangeSystem) -> [Field] {
  var random = RandomStream(key: 5, nonce: 6)
  let field = system.randomField(using: &random)
  var (ordered, staggered, nearly) = (field, field, field)
  for (site, sign) in system.lattice.staggering.enumerated() {
    ordered.setSpin([0, 0, 1], at: site)
    staggered.setSpin([0, 0, sign], at: site)
    let tilt = 1e-6 * random.normalPair().0
    nearly.setSpin([tilt, 0, (1 - tilt * tilt).squareRoot()], at: site)
  }
  return [field, ordered, staggered, nearly]
}

/// Largest |Delta ln W (running) - Delta ln W (diagonalised)| over single sweeps of 16 updates.
private func worstStep(
  _ chain: RecordingChain, _ system: DoubleExchangeSystem, sweeps: Int
) -> Double {
  let weight = DoubleExchangeWeight(system, route: .levels)
  let updater = chain.updater
  var worst = 0.0
  for _ in 0..<sweeps {
    let (running, exact) = (updater.logWeight ?? .nan, weight.logWeight(updater.field))
    _ = updater.sweep()
    let error = ((updater.logWeight ?? .nan) - running) - (weight.logWeight(updater.field) - exact)
    worst = max(worst, abs(error))
  }
  return worst
}

private func drift(updates: Int) throws {
  for interval in [32, 256, Int.max] {
    let system = try DoubleExchangeSystem(
      extents: [6, 6], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.05)
    let chain = try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: .fast, thermalisation: 0, refreshInterval: interval, recordsSpins: false),
      random: RandomStream(key: 8, nonce: 9))
    let updater = chain.updater
    for _ in 0..<(updates / 36) { _ = updater.sweep() }
    let exact = DoubleExchangeWeight(system, route: .levels).logWeight(updater.field)
    print(
      "\(updates) updates, refresh every \(interval == .max ? "never" : "\(interval) sweeps"): "
        + String(
          format: "worst drift %.1e, at the end %.1e", number(chain, "worstDrift"),
          abs((updater.logWeight ?? .nan) - exact)))
  }
}

private func number(_ chain: RecordingChain, _ name: String) -> Double {
  chain.facts.first { $0.name == name }?.value ?? .nan
}
