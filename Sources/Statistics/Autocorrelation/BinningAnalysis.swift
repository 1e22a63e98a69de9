#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The error of the mean from bins of doubling size (Flyvbjerg and Petersen 1989): a cross-check
/// of the Gamma method that shares none of its assumptions about the window.
public struct BinningAnalysis: Sendable {
  /// What bins of one size say.
  public struct Level: Sendable, Equatable {
    /// Values per bin.
    public let binSize: Int
    /// How many there are.
    public let bins: Int
    /// Error of the mean if bins of this size are independent.
    public let error: Double
    /// error / sqrt(2 (bins - 1)).
    public let errorOfError: Double
  }

  /// Sizes double from one to the next.
  public let levels: [Level]
  /// The level where the error stops growing beyond its own uncertainty; the last one if none.
  public let plateau: Int
  /// Whether the error stopped to grow.
  public let plateauFound: Bool

  /// At the plateau.
  public var error: Double { levels[plateau].error }
  /// At the plateau.
  public var errorOfError: Double { levels[plateau].errorOfError }
  /// (error / error of single samples)^2 / 2.
  public var tau: Double {
    let ratio = error / levels[0].error
    return ratio * ratio / 2
  }

  /// Fewest bins of a level.
  public static let minimumBins = 32

  /// Bins do not cross replicas; samples left over at an end are dropped.
  public init(replicas: [[Double]]) throws(SeriesError) {
    let summary = try SeriesSummary(replicas, minimumLength: 1)
    guard summary.count >= Self.minimumBins else {
      throw .tooShort(replica: 0, length: summary.count, needed: Self.minimumBins)
    }
    var bins = replicas.map { series in
      series.map { ($0 - summary.mean) / summary.scale }
    }
    var levels: [Level] = []
    var size = 1
    while true {
      let count = bins.reduce(0) { $0 + $1.count }
      guard count >= Self.minimumBins else { break }
      levels.append(Self.level(bins, count: count, size: size, scale: summary.scale))
      bins = bins.map(Self.paired)
      size *= 2
    }
    self.levels = levels
    let found = Self.firstPlateau(levels)
    plateau = found ?? levels.count - 1
    plateauFound = found != nil
  }

  private static func level(
    _ bins: [[Double]], count: Int, size: Int, scale: Double
  ) -> Level {
    let mean = bins.reduce(0) { $0 + $1.reduce(0, +) } / Double(count)
    let square = bins.reduce(0) { sum, series in
      sum + series.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let error = scale * (square / Double(count - 1) / Double(count)).squareRoot()
    return Level(
      binSize: size, bins: count, error: error,
      errorOfError: error / (2 * Double(count - 1)).squareRoot())
  }

  private static func paired(_ series: [Double]) -> [Double] {
    (0..<(series.count / 2)).map { pair -> Double in
      (series[2 * pair] + series[2 * pair + 1]) / 2
    }
  }

  /// Two levels share half of their information, so a rise within one error of the higher level
  /// is noise; two in a row make a plateau.
  private static func firstPlateau(_ levels: [Level]) -> Int? {
    guard levels.count >= 3 else { return nil }
    return (0..<(levels.count - 2)).first { k in
      levels[k + 1].error - levels[k].error < levels[k + 1].errorOfError
        && levels[k + 2].error - levels[k].error < levels[k + 2].errorOfError
    }
  }
}
