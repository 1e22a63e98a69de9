import Randomness
import Statistics
import Testing

/// The stated chance of a false alarm holds where errors are estimated from correlated chains, many
/// observables at once.
@Suite struct FalseAlarmTests {
  private struct Outcome {
    var alarms = 0
    var normalAlarms = 0
  }

  /// Checks of `observables` chains of `length` samples against others of the same kind.
  private func checks(
    _ count: Int, observables: Int, length: Int, tau: Double, level: Double, nonce: UInt64
  ) throws -> Outcome {
    var random = RandomStream(key: 77, nonce: nonce)
    let series = AutoregressiveSeries(tau: tau)
    var outcome = Outcome()
    func measure(isNormal: Bool, _ analysis: AutocorrelationAnalysis) -> Measurement {
      let ratio = analysis.tau / analysis.tauError
      return Measurement(
        mean: analysis.mean, error: analysis.error,
        degreesOfFreedom: isNormal ? .infinity : 2 * ratio * ratio)
    }
    for _ in 0..<count {
      let sides = try (0..<observables).map { _ in
        try (0..<2).map { _ in
          try AutocorrelationAnalysis(replicas: [series.sample(length, using: &random)])
        }
      }
      for isNormal in [false, true] {
        let pairs = sides.enumerated().map { place, side in
          ResultComparison.Pair(
            "\(place)", measure(isNormal: isNormal, side[0]), measure(isNormal: isNormal, side[1]))
        }
        let verdict = try ResultComparison(pairs, level: level).verdict
        if verdict == .inconsistent {
          if isNormal { outcome.normalAlarms += 1 } else { outcome.alarms += 1 }
        }
      }
    }
    return outcome
  }

  /// 20 observables of 60 tau each: the shortest that counts as converged. Of 400 checks at a level of
  /// 5 % at most 20 are expected to cry wolf, with a binomial error of 4.4; 38 is four of them away.
  /// Without regard to how badly such errors are known it would be far more.
  @Test func shortChains() throws {
    let outcome = try checks(400, observables: 20, length: 600, tau: 5, level: 0.05, nonce: 1)
    #expect(outcome.alarms <= 38, "\(outcome)")
    #expect(outcome.alarms >= 2, "\(outcome)")
    #expect(outcome.normalAlarms > outcome.alarms, "\(outcome)")
  }

  /// 600 tau each; at most 7.5 false alarms are expected, with an error of 2.7.
  @Test func longChains() throws {
    let outcome = try checks(150, observables: 20, length: 3000, tau: 2.5, level: 0.05, nonce: 2)
    #expect(outcome.alarms <= 18, "\(outcome)")
  }
}
