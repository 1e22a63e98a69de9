/// Whether the start of a chain is of the ensemble of its end (Geweke 1992), and how much of it to
/// leave out if not (Chodera 2016).
///
/// Both on rank-normalised values, which a heavy tail does not disturb. The means of the first 5, 10
/// and 20 % are compared with that of the last half, by the error that the last half gives: the
/// start's own scatter is what is in doubt.
public struct Thermalisation: Sendable, Equatable {
  /// (mean of the start - mean of the last half) / error, where it is least probable.
  public let drift: Double
  /// That start, as a share of every replica.
  public let share: Double
  /// Of a drift at least as large in a chain that was in equilibrium throughout.
  public let probability: Double
  /// The replica whose start lies furthest off.
  public let replica: Int
  /// Samples to drop from the start of every replica; nil where no cut of up to 40 % helps, or
  /// nothing drifts.
  public let discard: Int?

  private static let starts = [0.05, 0.1, 0.2]
  private static let cuts = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4]
  /// Below this probability a cut is searched for.
  private static let suspicion = 0.01

  /// nil where a replica is too short or does not move.
  public init?(replicas: [[Double]], tail: Double? = nil) {
    let scores = rankNormalised(replicas)
    let late = scores.map { $0.suffix($0.count / 2) }
    guard (scores.map(\.count).min() ?? 0) >= Int((1 / Self.starts[0]).rounded()),
      let spread = LongRunVariance(within: late.map(Array.init), tail: tail)
    else { return nil }
    func drifts(_ share: Double) -> (all: Double, of: [Double]) {
      let early = scores.map { $0.prefix(Int(share * Double($0.count))) }
      let single = zip(early, late).map { Self.distance([$0], [$1], spread.value) }
      return (Self.distance(early, late, spread.value), single)
    }
    let all = Self.starts.map(drifts)
    let worst = all.indices.max { abs(all[$0].all) < abs(all[$1].all) } ?? 0
    let single = all[worst].of
    drift = all[worst].all
    share = Self.starts[worst]
    replica = single.indices.max { abs(single[$0]) < abs(single[$1]) } ?? 0
    probability = min(
      1,
      Double(all.count) * twoSidedStudentTail(drift, degreesOfFreedom: spread.degreesOfFreedom))
    discard = probability < Self.suspicion ? Self.bestCut(scores) : nil
  }

  /// Difference of the means of two parts in its errors.
  private static func distance(
    _ early: [ArraySlice<Double>], _ late: [ArraySlice<Double>], _ spread: Double
  ) -> Double {
    func mean(_ parts: [ArraySlice<Double>]) -> (value: Double, count: Double) {
      let count = Double(parts.reduce(0) { $0 + $1.count })
      return (parts.reduce(0) { $1.reduce($0, +) } / count, count)
    }
    let (first, last) = (mean(early), mean(late))
    let square = spread * (1 / first.count + 1 / last.count)
    return (first.value - last.value) / square.squareRoot()
  }

  /// The cut that leaves the most effective samples; nil if that is none, or the largest.
  private static func bestCut(_ scores: [[Double]]) -> Int? {
    let shortest = scores.map(\.count).min() ?? 0
    let candidates = cuts.map { Int($0 * Double(shortest)) }
    let samples = candidates.map { cut in
      let rest = scores.map { Array($0.dropFirst(cut)) }
      return (try? AutocorrelationAnalysis(replicas: rest))?.effectiveSamples ?? 0
    }
    let best = samples.indices.max { samples[$0] < samples[$1] } ?? 0
    return best == 0 || best == cuts.count - 1 ? nil : candidates[best]
  }
}
