import Glibc
import Randomness
import Statistics
import Testing

/// How often the quoted intervals contain the truth, on chains whose tau is known.
struct Coverage: CustomStringConvertible {
  let runs: Int
  /// Share of runs whose mean lies within one and two quoted errors of the truth, the same for
  /// tau.
  var meanWithin = (one: 0.0, two: 0.0)
  var tauWithin = (one: 0.0, two: 0.0)
  /// Average and root mean square of (estimate - truth) / error.
  var meanPull = (average: 0.0, rms: 0.0)
  var tauPull = (average: 0.0, rms: 0.0)
  var averageTau = 0.0
  /// Runs where no window was found.
  var flagged = 0.0

  init(_ chain: AutoregressiveSeries, length: Int, runs: Int, key: UInt64) throws {
    self.runs = runs
    let weight = 1 / Double(runs)
    let root = RandomStream(key: key, nonce: UInt64(length))
    for run in 0..<runs {
      var random = root.substream(UInt64(run))
      let series = chain.sample(length, mean: 3, using: &random)
      let analysis = try AutocorrelationAnalysis(replicas: [series])
      let mean = (analysis.mean - 3) / analysis.error
      let tau = (analysis.tau - chain.tau) / analysis.tauError
      meanWithin.one += abs(mean) < 1 ? weight : 0
      meanWithin.two += abs(mean) < 2 ? weight : 0
      tauWithin.one += abs(tau) < 1 ? weight : 0
      tauWithin.two += abs(tau) < 2 ? weight : 0
      meanPull.average += weight * mean
      meanPull.rms += weight * mean * mean
      tauPull.average += weight * tau
      tauPull.rms += weight * tau * tau
      averageTau += weight * analysis.tau
      flagged += analysis.windowFound ? 0 : weight
    }
    meanPull.rms = meanPull.rms.squareRoot()
    tauPull.rms = tauPull.rms.squareRoot()
  }

  var description: String {
    [
      meanWithin.one, meanWithin.two, meanPull.average, meanPull.rms, tauWithin.one,
      tauWithin.two, tauPull.average, tauPull.rms, averageTau, flagged,
    ].map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " | ")
  }
}

/// The table of docs/statistics.md takes a minute: SLMC_FULL_COVERAGE=1 asks for it.
private let full = unsafe getenv("SLMC_FULL_COVERAGE") != nil

@Suite struct CoverageTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let a: Double
    let b: Double
    var testDescription: String { name }
    var chain: AutoregressiveSeries { AutoregressiveSeries(a, b) }
  }

  static let rows = [
    Row(name: "white noise", a: 0, b: 0), Row(name: "AR(1), tau 5", a: 9.0 / 11, b: 0),
    Row(name: "AR(2), oscillating", a: 1.2, b: -0.4),
    Row(name: "AR(2), two times", a: 0.5, b: 0.2), Row(name: "AR(1), negative", a: -0.5, b: 0),
  ]

  /// 1500 chains of 300 to 30,000 tau. Binomial errors are 0.012 and 0.0056; the limits are four
  /// of them (one false alarm in 16,000 each) and 0.005 for the finite length.
  @Test(arguments: rows) func intervalsCoverTheTruth(row: Row) throws {
    let coverage = try Coverage(row.chain, length: 5000, runs: 1500, key: 21)
    #expect(abs(coverage.meanWithin.one - 0.6827) < 0.053, "\(coverage)")
    #expect(abs(coverage.meanWithin.two - 0.9545) < 0.027, "\(coverage)")
    #expect(abs(coverage.meanPull.average) < 4 * 0.026 && abs(coverage.meanPull.rms - 1) < 0.08)
    // Madras and Sokal's error of tau is an approximation: a few per cent too wide for
    // positive correlations, 10 to 20 % too narrow for negative ones.
    #expect(coverage.tauWithin.one > 0.55 && coverage.tauWithin.one < 0.82, "\(coverage)")
    #expect(coverage.tauWithin.two > 0.85, "\(coverage)")
    #expect(abs(coverage.averageTau / row.chain.tau - 1) < 0.02, "\(coverage)")
  }

  @Test(.enabled(if: full)) func table() throws {
    let slow = [
      Row(name: "AR(1), tau 50", a: 99.0 / 101, b: 0),
      Row(name: "AR(2), tau 27.7", a: 0.5, b: 0.45),
    ]
    let sizes = [
      (100, 10_000), (1000, 10_000), (10_000, 4000), (100_000, 1000), (1_000_000, 200),
    ]
    for row in Self.rows + slow {
      for (length, runs) in sizes {
        let coverage = try Coverage(row.chain, length: length, runs: runs, key: 77)
        print("| \(row.name) | \(length) | \(runs) | \(coverage) |")
      }
    }
  }

  @Test(.enabled(if: full)) func speed() throws {
    var random = RandomStream(key: 1, nonce: 2)
    for tau in [0.5, 5, 500, 20_000] {
      let series = AutoregressiveSeries(tau: tau).sample(10_000_000, using: &random)
      var result: AutocorrelationAnalysis?
      let time = try ContinuousClock().measure {
        result = try AutocorrelationAnalysis(replicas: [series])
      }
      print("10^7 samples, tau \(tau): \(time), \(result?.tau ?? 0) +- \(result?.tauError ?? 0)")
    }
  }
}
