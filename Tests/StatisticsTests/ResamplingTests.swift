import Glibc
import LinearAlgebra
import Randomness
import Statistics
import Testing

@Suite struct ResamplingTests {
  /// Three methods that share little code agree on the error of a correlated mean.
  @Test func errorsAgree() throws {
    var random = RandomStream(key: 2, nonce: 1)
    let chain = AutoregressiveSeries(tau: 4)
    let replicas = (0..<2).map { _ in chain.sample(100_000, using: &random) }
    let exact = (2 * chain.tau / 200_000).squareRoot()
    let gamma = try AutocorrelationAnalysis(replicas: replicas)
    let binning = try BinningAnalysis(replicas: replicas)
    let length = BlockedSeries.suggestedLength(tau: gamma.tau, count: gamma.count)
    let blocked = try BlockedSeries(quantities: [replicas], blockLength: length)
    let jackknife = blocked.jackknife { $0[0] }
    let bootstrap = try blocked.bootstrap(resamples: 2000, using: &random) { $0[0] }
    #expect(binning.plateauFound && blocked.blockCount > 500)
    // Four sigma each: the Gamma error is good to 1 %, binning to 3 %, blocks to 2 %.
    #expect(abs(gamma.error / exact - 1) < 0.05)
    #expect(abs(binning.error / exact - 1) < 0.12)
    #expect(abs(jackknife.error / exact - 1) < 0.1)
    #expect(abs(bootstrap.error / exact - 1) < 0.12)
    #expect(abs(binning.tau / chain.tau - 1) < 0.25)
    #expect(abs(jackknife.value - gamma.mean) < 1e-3 * gamma.error + 1e-3)
  }

  /// <x>^2 overestimates mu^2 by the variance of the mean: the jackknife finds that bias exactly.
  @Test func jackknifeFindsTheBias() throws {
    var random = RandomStream(key: 2, nonce: 2)
    let series = AutoregressiveSeries(0).sample(400, mean: 2, using: &random)
    let blocked = try BlockedSeries(quantities: [[series]], blockLength: 1)
    let square = blocked.jackknife { $0[0] * $0[0] }
    #expect(abs(square.bias - blocked.covariance[0, 0]) < 1e-9)
    #expect(abs(square.error - 2 * 2 * 0.05) < 0.04)
  }

  /// y = x + independent noise of twice the size: covariance 1, 1, 5, correlation 1/sqrt 5.
  @Test func covarianceOfMeans() throws {
    var random = RandomStream(key: 2, nonce: 3)
    let x = AutoregressiveSeries(0).sample(40_000, using: &random)
    let noise = AutoregressiveSeries(0).sample(40_000, using: &random)
    let y = zip(x, noise).map { $0 + 2 * $1 }
    let blocked = try BlockedSeries(quantities: [[x], [y]], blockLength: 4)
    // Relative errors 1 to 2 % at 10,000 blocks; five of them.
    #expect(abs(blocked.covariance[0, 0] * 40_000 - 1) < 0.07)
    #expect(abs(blocked.covariance[0, 1] * 40_000 - 1) < 0.13)
    #expect(abs(blocked.covariance[1, 1] * 40_000 - 5) < 0.35)
    #expect(abs(blocked.correlation[0, 1] - 1 / 5.0.squareRoot()) < 0.04)
    #expect(blocked.correlation[1, 1] == 1)
  }

  @Test func badInput() throws {
    #expect(throws: SeriesError.empty) { try BlockedSeries(quantities: [], blockLength: 1) }
    #expect(throws: SeriesError.unequalLengths([3, 2])) {
      try BlockedSeries(quantities: [[[1, 2, 3]], [[1, 2]]], blockLength: 1)
    }
    #expect(throws: SeriesError.notFinite(replica: 0, index: 1)) {
      try BlockedSeries(quantities: [[[1, .nan, 3]]], blockLength: 1)
    }
    #expect(throws: SeriesError.tooShort(replica: 0, length: 3, needed: 4)) {
      try BlockedSeries(quantities: [[[1, 2, 3]]], blockLength: 2)
    }
    #expect(throws: SeriesError.constant(value: 1)) {
      try BinningAnalysis(replicas: [[Double](repeating: 1, count: 100)])
    }
    #expect(throws: SeriesError.self) { try BinningAnalysis(replicas: [[1, 2, 3]]) }
  }
}
