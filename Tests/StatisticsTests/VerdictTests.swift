import AwkwardSeries
import Randomness
import Statistics
import Testing

@Suite struct VerdictTests {
  /// Each kind of trouble is found, and named by the check that is there for it. Fixed seeds.
  @Test(arguments: AwkwardSeries.allCases) func names(_ kind: AwkwardSeries) throws {
    let verdict = ConvergenceVerdict(try SeriesAssessment(replicas: kind.sample()))
    if let doubt = kind.doubt {
      #expect(verdict.reasons.contains { $0.contains(doubt) }, "\(kind): \(verdict.reasons)")
    } else {
      #expect(verdict.isConverged, "\(kind): \(verdict.reasons)")
    }
  }

  /// Twenty observables of a sound chain, 400 chains of each kind and length: one in a hundred may be
  /// called suspicious, so 4 are expected at most, with a binomial error of 2; 12 are four of them
  /// away. Lengths that are not long enough count as they come.
  @Test(arguments: [AwkwardSeries.independent, .correlated, .oscillating, .heavyTails])
  func falseAlarmsOfTheFamily(_ kind: AwkwardSeries) throws {
    var alarms = 0
    for chain in 0..<400 {
      let family = try (0..<20).map { observable in
        let series = kind.sample(
          replicas: 2, length: 700, key: 1000 + UInt64(chain), nonce: UInt64(observable))
        return try SeriesAssessment(replicas: series)
      }
      let suspicious = ConvergenceVerdict.together(family).enumerated().contains { place, verdict in
        verdict.reasons.count > family[place].faults.count
      }
      alarms += suspicious ? 1 : 0
    }
    print("false alarms, \(kind): \(alarms) of 400")
    #expect(alarms <= 12, "\(kind): \(alarms) of 400")
  }

  /// Holm over twenty observables: what stands out among all is still found.
  @Test func oneBadObservableAmongTwenty() throws {
    let family = try (0..<20).map { place in
      let kind = place == 7 ? AwkwardSeries.disagreeing : .correlated
      return try SeriesAssessment(replicas: kind.sample(nonce: UInt64(place)))
    }
    let verdicts = ConvergenceVerdict.together(family)
    #expect(verdicts.indices.filter { !verdicts[$0].isConverged } == [7])
  }

  /// The error that bins give covers what the Gamma method's does not: of 200 series with 4 % of the
  /// variance at tau 50, its pulls have an rms of 1.9 without and 1.1 with them.
  @Test func theLargerErrorIsReported() throws {
    var (gamma, reported, flagged) = (0.0, 0.0, 0)
    for run in 0..<200 {
      let series = AwkwardSeries.twoScales.sample(length: 2500, key: 50 + UInt64(run))
      let assessment = try SeriesAssessment(replicas: series)
      gamma +=
        assessment.mean * assessment.mean / (assessment.analysis.error * assessment.analysis.error)
      reported += assessment.mean * assessment.mean / (assessment.error * assessment.error)
      flagged += ConvergenceVerdict(assessment).isConverged ? 0 : 1
      let count = Double(assessment.analysis.count)
      let square = 2 * assessment.tau * assessment.analysis.variance / count
      #expect(abs(assessment.error * assessment.error / square - 1) < 1e-12)
    }
    #expect((gamma / 200).squareRoot() > 1.6)
    #expect((reported / 200).squareRoot() < 1.3)
    #expect(flagged >= 180)
  }

  /// A tail at the slowest time covers it without any bins: tau is 2.44 of which 0.5 show.
  @Test func aTailCoversTheSlowPart() throws {
    var (taus, pulls) = (0.0, 0.0)
    for run in 0..<100 {
      let series = AwkwardSeries.twoScales.sample(length: 2500, key: 50 + UInt64(run))
      let analysis = try AutocorrelationAnalysis(replicas: series, tail: 50)
      taus += analysis.tau / 100
      pulls += analysis.mean * analysis.mean / (analysis.error * analysis.error) / 100
    }
    #expect(taus > 1.7 && taus < 3.5, "\(taus)")
    #expect(pulls.squareRoot() < 1.4, "\(pulls.squareRoot())")
    let series = AwkwardSeries.correlated.sample()
    let plain = try AutocorrelationAnalysis(replicas: series)
    #expect(try AutocorrelationAnalysis(replicas: series, tail: 5).tau / plain.tau < 1.3)
    #expect(throws: SeriesError.argument("the time of a tail must be positive, not 0.0")) {
      try AutocorrelationAnalysis(replicas: series, tail: 0)
    }
  }

  /// Equal means, another width: only R-hat of the folded values sees it.
  @Test func aWiderReplica() throws {
    var series = AwkwardSeries.correlated.sample()
    series[3] = series[3].map { 2 * $0 }
    let reasons = ConvergenceVerdict(try SeriesAssessment(replicas: series)).reasons
    #expect(reasons.contains { $0.contains("R-hat is") && $0.contains("replica 3") }, "\(reasons)")
  }

  /// Replicas of unequal lengths have no R-hat, but every other check.
  @Test func unequalReplicas() throws {
    var series = AwkwardSeries.disagreeing.sample()
    series[0].removeLast(1500)
    let assessment = try SeriesAssessment(replicas: series)
    #expect(assessment.rHat == nil)
    #expect(
      ConvergenceVerdict(assessment).reasons.contains { $0.contains("the mean of replica 2 lies") })
  }

  /// F with many denominator degrees is chi^2; F(1, d) is t^2; the median of F(2, 2) is 1.
  @Test func fisherTails() {
    #expect(
      abs(
        fisherTail(1.3, degreesOfFreedom: 7, denominator: 1e9)
          - chiSquaredTail(9.1, degreesOfFreedom: 7)) < 1e-9)
    #expect(
      abs(
        fisherTail(4, degreesOfFreedom: 1, denominator: 9)
          - twoSidedStudentTail(2, degreesOfFreedom: 9)) < 1e-12)
    #expect(abs(fisherTail(1, degreesOfFreedom: 2, denominator: 2) - 0.5) < 1e-12)
    #expect(fisherTail(.nan, degreesOfFreedom: 2, denominator: 2) == 0)
  }
}
