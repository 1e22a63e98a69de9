import Statistics
import Testing

/// Numbers from pyerrors 2.17, emcee 3.1.6 and arviz 0.23.4 for the series that
/// Benchmarks/peers/statistics.py makes, bit for bit the same as these.
@Suite struct PeerTests {
  static func series(
    _ seed: UInt64, _ count: Int, _ a: Double, _ b: Double = 0, shift: Double = 0
  ) -> [Double] {
    var state = seed
    var (old, older) = (0.0, 0.0)
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let new = a * old + b * older + (Double(state >> 11) * 0x1p-53 - 0.5)
      (older, old) = (old, new)
      return new + shift
    }
  }

  static let fast = [series(1, 20_000, 0.5)]
  static let slow = [series(2, 20_000, 0.95)]
  static let oscillating = [series(3, 20_000, 1.2, -0.4)]
  static let replicas = (0..<4).map { series(UInt64(10 + $0), 4000, 0.8) }
  static let shifted = (0..<4).map { series(UInt64(20 + $0), 4000, 0.8, shift: $0 == 3 ? 0.4 : 0) }

  struct Gamma: Sendable, CustomTestStringConvertible {
    let name: String
    let replicas: [[Double]]
    let mean: Double
    let error: Double
    let tau: Double
    let tauError: Double
    let window: Int
    var testDescription: String { name }
  }

  static let gamma = [
    Gamma(
      name: "fast", replicas: fast, mean: 0.0005327386315270255, error: 0.003932836593713618,
      tau: 1.390102108984331, tauError: 0.06244396193126713, window: 11),
    Gamma(
      name: "slow", replicas: slow, mean: 0.03754038769839409, error: 0.03929408095407666,
      tau: 18.586466370643436, tauError: 2.4953292396774165, window: 110),
    Gamma(
      name: "oscillating", replicas: oscillating, mean: -0.024226561652253363,
      error: 0.010034657360737038, tau: 2.689150692205652, tauError: 0.16462218556367356,
      window: 21),
    Gamma(
      name: "replicas", replicas: replicas, mean: -0.006485878329842566,
      error: 0.010919367856829173, tau: 4.1045058046715726, tauError: 0.32596018739315896,
      window: 29),
  ]

  /// The same window and mean; error and tau up to where the bias correction is put (relative
  /// 1/n), and for several replicas up to the mean that is subtracted (ours is the common one).
  @Test(arguments: gamma) func pyerrors(row: Gamma) throws {
    let ours = try AutocorrelationAnalysis(replicas: row.replicas)
    let allowed = row.replicas.count == 1 ? 2e-3 : 3e-2
    #expect(abs(ours.mean - row.mean) < 1e-13)
    #expect(abs(ours.window - row.window) <= (row.replicas.count == 1 ? 0 : 2))
    #expect(abs(ours.error / row.error - 1) < allowed, "\(ours.error) \(row.error)")
    #expect(abs(ours.tau / row.tau - 1) < allowed, "\(ours.tau) \(row.tau)")
    // Ours scales with the corrected tau, which is 2 W / n larger.
    #expect(abs(ours.tauError / row.tauError - 1) < 5 * allowed, "\(ours.tauError)")
  }

  /// emcee counts 1 + 2 sum rho, twice our tau, and has its own window; at that window the two
  /// differ by the bias corrections alone.
  @Test(arguments: [
    (0, 2.7994028968357454, 14), (1, 36.77696536948844, 184), (2, 5.077565486548168, 26),
  ])
  func emcee(row: Int, tau: Double, window: Int) throws {
    let ours = try AutocorrelationAnalysis(
      replicas: Self.gamma[row].replicas, window: .fixed(window))
    #expect(abs(2 * ours.tau / tau - 1) < 2.5 * Double(window) / 20_000 + 1e-3)
  }

  /// R-hat and effective samples follow arviz in every detail but interpolation at the tails.
  @Test func arviz() throws {
    let rows = [
      (Self.replicas, 1.0016199502418104, 1922.6067902273983, 3201.6975137091686, 1e-8),
      // Correlated to the end of the series, where arviz leaves out the last three lags.
      (Self.shifted, 1.0806168497643271, 37.46468457556116, 104.58394880314071, 5e-3),
    ]
    for (replicas, rHat, bulk, tail, allowed) in rows {
      let ours = try ReplicaDiagnostics(replicas: replicas)
      #expect(abs(ours.rHat - rHat) < 1e-10, "\(ours)")
      #expect(abs(ours.bulkEffectiveSamples / bulk - 1) < allowed, "\(ours)")
      #expect(abs(ours.tailEffectiveSamples / tail - 1) < 1e-2, "\(ours)")
    }
    let ours = try ReplicaDiagnostics(replicas: Self.slow)
    #expect(abs(ours.bulkEffectiveSamples / 518.5598814358729 - 1) < 1e-8, "\(ours)")
  }
}
