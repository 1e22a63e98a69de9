import Randomness
import Statistics
import Testing

@Suite struct ConvergenceTests {
  private func replicas(
    _ count: Int, length: Int, tau: Double = 3, key: UInt64
  ) -> [[Double]] {
    var random = RandomStream(key: key, nonce: 0)
    return (0..<count).map { _ in AutoregressiveSeries(tau: tau).sample(length, using: &random) }
  }

  @Test func agreeingReplicas() throws {
    let diagnostics = try ReplicaDiagnostics(replicas: replicas(4, length: 5000, key: 1))
    #expect(diagnostics.rHat < 1.01 && diagnostics.rHat > 0.999)
    // 20,000 / 6 effective samples; ranks and Geyer's rule scatter by a few per cent.
    #expect(abs(diagnostics.bulkEffectiveSamples / 3333 - 1) < 0.25)
    #expect(diagnostics.tailEffectiveSamples > 2000)
  }

  /// A shifted replica shows in the bulk, a wider one only in the folded values.
  @Test func disagreeingReplicas() throws {
    let chains = replicas(4, length: 2000, key: 2)
    let shifted = chains.enumerated().map { r, c in c.map { $0 + (r == 3 ? 1 : 0) } }
    #expect(try ReplicaDiagnostics(replicas: shifted).rHat > 1.05)
    let wider = chains.enumerated().map { r, c in c.map { $0 * (r == 3 ? 3 : 1) } }
    #expect(try ReplicaDiagnostics(replicas: wider).rHat > 1.05)
    let drifting = [(0..<2000).map { Double($0) / 500 + chains[0][$0] }]
    #expect(try ReplicaDiagnostics(replicas: drifting).rHat > 1.05)
    let stuck = [[Double](repeating: 1, count: 100), [Double](repeating: 2, count: 100)]
    #expect(try ReplicaDiagnostics(replicas: stuck).rHat > 10)
  }

  /// Heavy tails have no variance, but ranks do not mind.
  @Test func ranksAreInvariantUnderMonotoneMaps() throws {
    let chains = replicas(3, length: 1000, key: 3)
    let plain = try ReplicaDiagnostics(replicas: chains)
    let cubed = try ReplicaDiagnostics(replicas: chains.map { $0.map { $0 * $0 * $0 } })
    #expect(plain.bulkEffectiveSamples == cubed.bulkEffectiveSamples)
  }

  @Test func diagnosticsNeedEqualReplicas() {
    let chains = [replicas(1, length: 40, key: 4)[0], replicas(1, length: 50, key: 4)[0]]
    #expect(throws: SeriesError.unequalLengths([40, 50])) {
      try ReplicaDiagnostics(replicas: chains)
    }
    #expect(throws: SeriesError.tooShort(replica: 0, length: 3, needed: 16)) {
      try ReplicaDiagnostics(replicas: [[1, 2, 3]])
    }
  }

  /// A decaying start of 400 samples is found and cut; a stationary chain is left alone.
  @Test func thermalisationIsFound() throws {
    let chains = replicas(2, length: 8000, key: 5)
    let still = try #require(Thermalisation(replicas: chains))
    #expect(still.probability > 0.01 && still.discard == nil)
    let start = chains.map { chain in
      chain.enumerated().map { i, x in x + (i < 400 ? 10 : 0) }
    }
    let found = try #require(Thermalisation(replicas: start))
    let cut = try #require(found.discard)
    #expect(found.drift > 8 && found.probability < 1e-6 && cut >= 400 && cut <= 1400)
    let rest = try #require(Thermalisation(replicas: start.map { Array($0.dropFirst(cut)) }))
    #expect(rest.probability > 0.01)
    let drift = chains.map { chain in chain.enumerated().map { $1 + Double($0) / 500 } }
    #expect(try !ConvergenceVerdict(SeriesAssessment(replicas: drift)).isConverged)
    #expect(Thermalisation(replicas: drift)?.discard == nil)
    #expect(Thermalisation(replicas: [[1, 2, 3]]) == nil)
  }

  /// tau counts with its error: of 40 chains of 60 tau some are long enough only without it.
  @Test func theErrorOfTauCounts() throws {
    var close = 0
    for key in 0..<40 {
      let series = replicas(1, length: 300, tau: 5, key: 100 + UInt64(key))
      let assessment = try SeriesAssessment(replicas: series)
      let isShort = 300 < 50 * (assessment.tau + assessment.tauError)
      #expect(assessment.faults.contains { $0.contains("tau long where 50") } == isShort)
      close += isShort && 300 >= 50 * assessment.tau ? 1 : 0
    }
    #expect(close > 0)
  }

  /// Where no tau is to be had, a sentence says so rather than a number.
  @Test func shortSeries() throws {
    let short = try SeriesAssessment(replicas: replicas(2, length: 600, tau: 40, key: 7))
    #expect(short.faults.contains { $0.contains("tau long where 50 are needed") })
    let ramp = try SeriesAssessment(replicas: [(0..<400).map { Double($0) }])
    #expect(!ConvergenceVerdict(ramp).isConverged)
    #expect(throws: SeriesError.constant(value: 1)) {
      try SeriesAssessment(replicas: [[Double](repeating: 1, count: 50)])
    }
    // Eight samples are enough for a mean, and for nothing else.
    #expect(
      !ConvergenceVerdict(try SeriesAssessment(replicas: [[1, 2, 3, 2, 1, 2, 4, 1]])).isConverged)
  }
}
