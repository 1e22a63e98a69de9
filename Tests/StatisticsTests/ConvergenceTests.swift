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

  /// A decaying start of 400 samples is found and cut; a stationary chain keeps nearly all.
  @Test func thermalisationIsFound() throws {
    let chains = replicas(2, length: 8000, key: 5)
    let still = try Thermalisation(replicas: chains)
    #expect(still.isThermalised && still.discard <= 1000)
    let start = chains.map { chain in
      chain.enumerated().map { i, x in x + (i < 400 ? 10 : 0) }
    }
    let cut = try Thermalisation(replicas: start)
    #expect(cut.discard >= 400 && cut.discard <= 1400 && cut.isThermalised)
    let drift = chains.map { chain in chain.enumerated().map { $1 + Double($0) / 500 } }
    #expect(try !Thermalisation(replicas: drift).isThermalised)
  }

  @Test func verdictsNameTheReasons() throws {
    let good = try AutocorrelationAnalysis(replicas: replicas(2, length: 5000, key: 6))
    #expect(ConvergenceVerdict(good, rHat: 1.01, acceptance: 0.5).isConverged)
    #expect(reason(ConvergenceVerdict(good, rHat: 1.06)) == "R-hat is 1.06, above 1.05")
    #expect(
      reason(ConvergenceVerdict(good, acceptance: 0.005)) == "0.5 % of the proposals are accepted")
    #expect(!ConvergenceVerdict(good, rHat: .nan, acceptance: .nan).isConverged)
    let short = try AutocorrelationAnalysis(
      replicas: replicas(2, length: 600, tau: 40, key: 7))
    #expect(ConvergenceVerdict(short).reasons[0].hasPrefix("the chain is"))
    #expect(ConvergenceVerdict(short).reasons[0].hasSuffix("tau long where 50 are needed"))
  }

  private func reason(_ verdict: ConvergenceVerdict) -> String {
    let first = verdict.reasons.first ?? "none"
    return String(
      first.split(separator: ":")[0].split(separator: ",").prefix(2).joined(separator: ",")
    )
    .replacingSuffix(", below 1 %")
  }
}

extension String {
  func replacingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
