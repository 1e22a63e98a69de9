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
  ) throws -> RecordingChain {
    try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 10, stride: 2, mix: mix, refreshInterval: 3),
      random: stream(41))
  }
}

func fact(_ chain: RecordingChain, _ name: String) -> Double {
  chain.facts.first { $0.name == name }?.value ?? .nan
}

@Suite("Errors of the fast chain")
struct FastChainErrorTests {
  /// The error of ln W over a whole sweep of 12 updates, so an upper estimate for each.
  @Test(
    "Delta ln W to 1e-9 for random, ordered and nearly degenerate fields",
    arguments: [1.0, 20, 200], [0.1, 1, 8])
  func differences(beta: Double, coupling: Double) throws {
    let system = try system([4, 3], coupling: coupling, temperature: 1 / beta)
    let weight = DoubleExchangeWeight(system, route: .levels)
    var nearly = orderedField(system)
    nearly.setSpin([1e-6, 0, (1 - 1e-12).squareRoot()], at: 5)
    for start in [randomField(system, seed: 91), orderedField(system), nearly] {
      let chain = try RecordingChain(
        system,
        settings: ExactChainSettings(
          thermalisation: 0, mix: ProposalMix(fresh: 1, rotation: 1, reflection: 1)),
        start: start, random: stream(92))
      for _ in 0..<10 {
        let (running, exact) = (
          try #require(chain.updater.logWeight), weight.logWeight(chain.updater.field)
        )
        _ = chain.updater.sweep()
        let difference = weight.logWeight(chain.updater.field) - exact
        #expect(abs(try #require(chain.updater.logWeight) - running - difference) < 1e-9)
      }
    }
  }

  @Test("no drift in 30,000 updates without a refresh")
  func drift() throws {
    let system = try system([4, 4])
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(thermalisation: 0, refreshInterval: .max),
      random: stream(93))
    for _ in 0..<(30_000 / 16) { _ = chain.updater.sweep() }
    let exact = DoubleExchangeWeight(system, route: .levels).logWeight(chain.updater.field)
    #expect(abs(try #require(chain.updater.logWeight) - exact) < 1e-9)
    // The bound stored with the artifact covers one update.
    #expect(fact(chain, "updateErrorBound") < 1e-9)
  }

  @Test("the block size changes nothing but rounding", arguments: [1, 3, 5, 16])
  func blocks(size: Int) throws {
    let system = try system([4, 4], mu: 0.2)
    let chains = try [size, 8].map {
      try RecordingChain(
        system, settings: ExactChainSettings(thermalisation: 0, blockSites: $0),
        random: stream(94))
    }
    for _ in 0..<6 { for chain in chains { _ = chain.updater.sweep() } }
    #expect(chains[0].field == chains[1].field)
  }
}
