/// How much of the start of a chain to leave out: the cut that maximises the effective samples of
/// what remains (Chodera 2016), and whether a drift is left after it.
public struct Thermalisation: Sendable, Equatable {
  /// Samples to drop from the start of every replica.
  public let discard: Int
  /// Effective samples of the rest.
  public let effectiveSamples: Double
  /// (mean of the first fifth - mean of the last half) / error, of what remains (Geweke 1992);
  /// nil where a part is too short or constant.
  public let drift: Double?

  /// A chain that wants more than this share cut was not in equilibrium for long.
  public static let largestShare = 0.4

  /// False if the cut is at the end of the allowed range or a drift of more than four sigma is
  /// left.
  public let isThermalised: Bool

  public init(replicas: [[Double]]) throws(SeriesError) {
    let shortest = replicas.reduce(Int.max) { min($0, $1.count) }
    var best: (cut: Int, samples: Double)?
    var last = 0
    for step in 0...20 {
      let cut = Int(Double(shortest) * Self.largestShare * Double(step) / 20)
      last = cut
      let rest = replicas.map { Array($0.dropFirst(cut)) }
      // Whatever is wrong with the whole series is an error; a tail that became constant is not.
      guard step == 0 || (try? SeriesSummary(rest, minimumLength: 8)) != nil else { continue }
      let samples = try AutocorrelationAnalysis(replicas: rest).effectiveSamples
      if samples > (best?.samples ?? -1) { best = (cut, samples) }
    }
    let cut = best?.cut ?? 0
    discard = cut
    effectiveSamples = best?.samples ?? 0
    let drift = Self.drift(replicas.map { Array($0.dropFirst(cut)) })
    self.drift = drift
    isThermalised = (last == 0 || cut < last) && abs(drift ?? 0) < 4
  }

  private static func drift(_ replicas: [[Double]]) -> Double? {
    let early = try? AutocorrelationAnalysis(
      replicas: replicas.map { Array($0.prefix($0.count / 5)) })
    let late = try? AutocorrelationAnalysis(
      replicas: replicas.map { Array($0.suffix($0.count / 2)) })
    guard let early, let late else { return nil }
    let square = early.error * early.error + late.error * late.error
    return (early.mean - late.mean) / square.squareRoot()
  }
}
