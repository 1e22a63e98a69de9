import Randomness
import Statistics
import Testing

@Suite struct AutocorrelationTests {
  /// The defining O(n^2) sums, with replicas of unequal length.
  @Test func agreesWithTheDirectSums() throws {
    var random = RandomStream(key: 1, nonce: 1)
    let chain = AutoregressiveSeries(0.8)
    let replicas = [300, 41, 1000].map { chain.sample($0, mean: 1e3, using: &random) }
    let analysis = try AutocorrelationAnalysis(replicas: replicas, window: .fixed(25))
    let direct = directGamma(replicas, window: 25)
    #expect(abs(analysis.mean - direct.mean) < 1e-11 * 1e3)
    #expect(abs(analysis.tau - direct.tau) < 1e-10)
    #expect(abs(analysis.error - direct.error) < 1e-10)
    #expect(analysis.window == 25 && analysis.windowFound)
    for (lag, value) in direct.rho.enumerated() {
      #expect(abs(analysis.rho[lag] - value) < 1e-10)
    }
  }

  /// A correlation that outlives the first block of lags must give the same as a fixed window.
  @Test func growsItsRange() throws {
    var random = RandomStream(key: 1, nonce: 2)
    let series = AutoregressiveSeries(tau: 1500).sample(200_000, using: &random)
    let automatic = try AutocorrelationAnalysis(replicas: [series])
    let fixed = try AutocorrelationAnalysis(replicas: [series], window: .fixed(automatic.window))
    #expect(automatic.window > 2048)
    #expect(automatic.tau == fixed.tau)
  }

  @Test func isCovariantUnderShiftAndScale() throws {
    var random = RandomStream(key: 1, nonce: 3)
    let series = AutoregressiveSeries(0.6).sample(5000, using: &random)
    let plain = try AutocorrelationAnalysis(replicas: [series])
    for scale in [1e-200, 1e150] {
      let scaled = try AutocorrelationAnalysis(replicas: [series.map { scale * $0 }])
      #expect(abs(scaled.error / scale - plain.error) < 1e-9)
      #expect(abs(scaled.tau - plain.tau) < 1e-9)
    }
  }

  /// An anticorrelated chain has tau below 1/2; stopping at lag 1 would give 0.
  @Test(arguments: [-0.3, -0.5, -0.8])
  func anticorrelatedChain(coefficient: Double) throws {
    var random = RandomStream(key: 1, nonce: 4)
    let chain = AutoregressiveSeries(coefficient)
    let series = chain.sample(400_000, using: &random)
    let analysis = try AutocorrelationAnalysis(replicas: [series])
    // Five sigma of the known tau: one false alarm in 1.7 million.
    #expect(abs(analysis.tau - chain.tau) < 5 * max(analysis.tauError, 0.004))
    #expect(analysis.error > 0)
  }

  @Test func perfectAnticorrelationKeepsAnError() throws {
    let analysis = try AutocorrelationAnalysis(
      replicas: [(0..<1000).map { $0 % 2 == 0 ? 1 : -1 }])
    #expect(analysis.tau > 0 && analysis.error > 0)
  }

  /// A drift has no window: said so, rather than a small error.
  @Test func driftHasNoWindow() throws {
    let analysis = try AutocorrelationAnalysis(replicas: [(0..<2000).map { Double($0) }])
    #expect(!analysis.windowFound || analysis.effectiveSamples < 10)
  }

  /// Replicas about different means are inconsistent, and their spread enters the error.
  @Test func disagreeingReplicas() throws {
    var random = RandomStream(key: 1, nonce: 5)
    let chain = AutoregressiveSeries(0.5)
    let same = (0..<4).map { _ in chain.sample(4000, using: &random) }
    let agreeing = try AutocorrelationAnalysis(replicas: same)
    // Uniform when they agree: one false alarm in a thousand.
    #expect(agreeing.replicaConsistency > 1e-3)
    let shifted = same.enumerated().map { r, series in series.map { $0 + 0.3 * Double(r) } }
    let disagreeing = try AutocorrelationAnalysis(replicas: shifted)
    #expect(disagreeing.error > 3 * agreeing.error || disagreeing.replicaConsistency < 1e-6)
  }

  private func directGamma(
    _ replicas: [[Double]], window: Int
  ) -> (mean: Double, rho: [Double], tau: Double, error: Double) {
    let n = Double(replicas.reduce(0) { $0 + $1.count })
    let mean = replicas.joined().reduce(0, +) / n
    var gamma = (0...window).map { lag in
      var sum = 0.0
      var pairs = 0.0
      for series in replicas {
        for i in 0..<max(0, series.count - lag) {
          sum += (series[i] - mean) * (series[i + lag] - mean)
          pairs += 1
        }
      }
      return sum / pairs
    }
    let total = gamma[0] + 2 * gamma.dropFirst().reduce(0, +)
    gamma = gamma.map { $0 + total / n }
    let rho = gamma.map { $0 / gamma[0] }
    let tau = 0.5 + rho.dropFirst().reduce(0, +)
    return (mean, rho, tau, (2 * tau * gamma[0] / n).squareRoot())
  }
}
