import Glibc
import Randomness
import Statistics
import Testing

/// Classical spins in a field: E = -u with u in [-1, 1] uniform a priori, so <u> is Langevin's
/// function and ln Z = ln(sinh(b)/b) at inverse temperature b.
@Suite struct ReweightingTests {
  private func draw(_ b: Double, _ count: Int, _ random: inout RandomStream) -> [Double] {
    (0..<count).map { _ in
      let r = random.uniformOpen()
      return 1 + log(r + (1 - r) * exp(-2 * b)) / b
    }
  }

  private func langevin(_ b: Double) -> Double { 1 / tanh(b) - 1 / b }

  private func histogram(
    _ points: [Double], _ count: Int, key: UInt64
  ) throws -> (MultiHistogram, [[Double]]) {
    var random = RandomStream(key: key, nonce: 4)
    let samples = points.map { draw($0, count, &random) }
    let ensembles = samples.map { run in
      WeightedEnsemble(logWeights: points.map { b in run.map { b * $0 } })
    }
    return (try MultiHistogram(ensembles), samples)
  }

  @Test func normsAndMeansOfLangevin() throws {
    let points = [0.5, 2, 5]
    let (combined, samples) = try histogram(points, 4000, key: 1)
    func logZ(_ b: Double) -> Double { log(sinh(b) / b) }
    #expect(combined.residual < 1e-10)
    for (k, b) in points.enumerated() {
      // About 0.01 from 4000 samples each; five sigma.
      #expect(abs(combined.logNorms[k] - logZ(b) + logZ(0.5)) < 0.08)
    }
    for b in [0.5, 1, 3.3, 5] {
      let result = try combined.estimate(
        samples, logWeights: samples.map { run in run.map { b * $0 } })
      // Four sigma (one in 16,000 each), and an error that the run at that point alone would beat
      // by no more than a factor.
      #expect(abs(result.mean - langevin(b)) < 4 * result.error)
      #expect(result.error < 0.02 && result.error > 0.001)
      #expect(result.effectiveSamples > 2000)
    }
  }

  /// Pulls over 200 repetitions: the jackknife error is neither too small nor too large.
  @Test func errorsAreHonest() throws {
    var square = 0.0
    for key in 0..<200 {
      let (combined, samples) = try histogram([1, 3], 400, key: UInt64(100 + key))
      let result = try combined.estimate(
        samples, logWeights: samples.map { run in run.map { 2 * $0 } })
      let pull = (result.mean - langevin(2)) / result.error
      square += pull * pull / 200
    }
    // Variance 1 with error 0.1, and 10 % from 20 jackknife blocks; four sigma.
    #expect(abs(square - 1) < 0.5)
  }

  @Test func farTargetsShowFewSamples() throws {
    let (combined, samples) = try histogram([0.5, 1], 1000, key: 7)
    let far = try combined.estimate(
      samples, logWeights: samples.map { run in run.map { 300 * $0 } })
    #expect(far.effectiveSamples < 30)
  }

  @Test func badInput() throws {
    let fine = WeightedEnsemble(logWeights: [[0, 1, 2]])
    #expect(throws: SeriesError.empty) { try MultiHistogram([]) }
    #expect(throws: SeriesError.self) { try MultiHistogram([fine, fine]) }
    #expect(throws: SeriesError.notFinite(replica: 0, index: 1)) {
      try MultiHistogram([WeightedEnsemble(logWeights: [[0, .nan]])])
    }
    #expect(throws: SeriesError.self) {
      try MultiHistogram([fine], blocks: 2).estimate([[1, 2]], logWeights: [[0, 0]])
    }
  }
}
