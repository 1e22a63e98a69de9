import DoubleExchange
import Foundation
import MonteCarlo
import Testing

@Suite("Single-spin updates without diagonalising")
struct FastChainTests {
  /// Same proposals, same decisions: the two chains walk through the same configurations unless a
  /// random number falls within 1e-9 of a ratio (probability below 1e-6 in each row).
  @Test(
    "the fast chain repeats the naive one step by step",
    arguments: [
      ([4, 4], 1.0, 0.0, 0.05), ([3, 4], 1.0, 0.0, 0.1), ([4, 4], 2.0, 0.7, 0.1),
      ([6, 6], 1.0, 0.0, 0.05), ([1, 1], 1.0, 0.0, 0.5), ([2, 1], 1.0, 0.3, 0.2),
      ([2, 2], 8.0, 0.0, 1.0), ([5], -1.0, -0.2, 0.3),
    ])
  func sameWalk(point: ([Int], Double, Double, Double)) throws {
    let system = try system(point.0, coupling: point.1, mu: point.2, temperature: point.3)
    let mix = ProposalMix(fresh: 1, rotation: 1, reflection: 1)
    let naive = try chain(system, .naive, mix)
    let fast = try chain(system, .fast, mix)
    var (a, b) = ([Double](), [Double]())
    for _ in 0..<8 {
      a.removeAll()
      b.removeAll()
      naive.advance(into: &a)
      fast.advance(into: &b)
      #expect(a == b)
    }
    #expect(fact(fast, "worstLogWeightError") < 1e-7)
  }

  private func chain(
    _ system: DoubleExchangeSystem, _ method: ExactMethod, _ mix: ProposalMix
  ) throws -> ExactChain {
    try ExactChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 10, stride: 2, mix: mix, refreshInterval: 3),
      random: stream(41))
  }
}

func fact(_ chain: ExactChain, _ name: String) -> Double {
  chain.facts.first { $0.name == name }?.value ?? .nan
}
