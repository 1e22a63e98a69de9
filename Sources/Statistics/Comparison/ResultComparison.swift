/// A number with its error.
public struct Measurement: Sendable, Equatable {
  /// Its estimate.
  public var mean: Double
  /// One standard deviation.
  public var error: Double
  /// Whether the error is believed.
  public var isConverged: Bool
  /// How well the error itself is known: that of a variance from so many independent numbers. From
  /// the Gamma method 2 (tau / error of tau)^2, from a jackknife the blocks less one.
  public var degreesOfFreedom: Double

  /// A mean with its error.
  public init(
    mean: Double, error: Double, isConverged: Bool = true, degreesOfFreedom: Double = .infinity
  ) {
    self.mean = mean
    self.error = error
    self.isConverged = isConverged
    self.degreesOfFreedom = degreesOfFreedom
  }

  var isUsable: Bool { isConverged && mean.isFinite && error.isFinite && error >= 0 }
}

/// The outcome of a comparison, the weakest claim last.
public enum ComparisonVerdict: String, Sendable, Equatable {
  /// The same bits.
  case identical
  /// No difference seen, and a difference that matters would have been.
  case consistent
  /// Different beyond the errors, at the level asked for.
  case inconsistent
  /// No difference seen, but one that matters could have hidden.
  case underpowered
}

/// Two sets of results, quantity by quantity.
public struct ResultComparison: Sendable, Equatable {
  /// How one pair compares.
  public struct Entry: Sendable, Equatable {
    /// What was measured.
    public let name: String
    /// On the first side.
    public let first: Measurement
    /// On the second side.
    public let second: Measurement
    /// (second - first) / combined error; 0 where both are the same number without an error.
    public let z: Double
    /// Two-sided probability of a |z| at least this large if both measure one number.
    public let probability: Double
    /// The same with all other quantities taken into account.
    public let adjustedProbability: Double
    /// The smallest true difference that this comparison would have seen with the power asked for.
    public let smallestShift: Double
    /// What to say of the pair.
    public let verdict: ComparisonVerdict
  }

  /// One quantity on both sides.
  public struct Pair: Sendable {
    /// What was measured.
    public var name: String
    /// On the first side.
    public var first: Measurement
    /// On the second side.
    public var second: Measurement
    /// The difference that matters; nil if none was declared.
    public var resolution: Double?

    /// A quantity on both sides.
    public init(
      _ name: String, _ first: Measurement, _ second: Measurement, resolution: Double? = nil
    ) {
      self.name = name
      self.first = first
      self.second = second
      self.resolution = resolution
    }
  }

  /// In the order of the pairs.
  public let entries: [Entry]

  /// - Parameters:
  ///   - level: chance of a false alarm over all quantities together.
  ///   - power: chance to see a difference of `smallestShift`.
  public init(
    _ pairs: [Pair], level: Double = 0.01, power: Double = 0.95,
    correction: MultipleTesting = .holm
  ) throws(SeriesError) {
    guard level > 0, level < 0.5, power >= 0.5, power < 1 else {
      throw .argument("a level in (0, 0.5) and a power in [0.5, 1) are needed")
    }
    let scores = pairs.map(Self.score)
    let freedoms = pairs.map(Self.degreesOfFreedom)
    let probabilities = pairs.indices.map { i in
      guard pairs[i].first.isUsable, pairs[i].second.isUsable else { return 1.0 }
      return twoSidedStudentTail(scores[i], degreesOfFreedom: freedoms[i])
    }
    // Holm's first step is the strictest: a shift seen there is seen whatever the others do.
    let tests = correction == .none ? 1 : max(1, pairs.count)
    let strictest = level / Double(tests)
    let adjusted = correction.adjust(probabilities)
    entries = pairs.indices.map { i in
      let reach =
        twoSidedStudentQuantile(tail: strictest, degreesOfFreedom: freedoms[i])
        + twoSidedStudentQuantile(tail: 2 * (1 - power), degreesOfFreedom: freedoms[i])
      let shift = reach * Self.combinedError(pairs[i])
      return Entry(
        name: pairs[i].name, first: pairs[i].first, second: pairs[i].second, z: scores[i],
        probability: probabilities[i], adjustedProbability: adjusted[i], smallestShift: shift,
        verdict: Self.verdict(pairs[i], adjusted[i] < level, shift))
    }
  }

  /// Inconsistent if any entry is; else underpowered if any is; identical only if all are.
  public var verdict: ComparisonVerdict {
    let verdicts = entries.map(\.verdict)
    if verdicts.contains(.inconsistent) { return .inconsistent }
    if verdicts.contains(.underpowered) || verdicts.isEmpty { return .underpowered }
    return verdicts.allSatisfy { $0 == .identical } ? .identical : .consistent
  }

  private static func combinedError(_ pair: Pair) -> Double {
    (pair.first.error * pair.first.error + pair.second.error * pair.second.error).squareRoot()
  }

  /// Of the combined error (Welch 1947, Satterthwaite 1946).
  private static func degreesOfFreedom(_ pair: Pair) -> Double {
    let squares = [pair.first, pair.second].map { $0.error * $0.error }
    let sum = squares[0] + squares[1]
    guard sum > 0, sum.isFinite else { return .infinity }
    let spread =
      squares[0] * squares[0] / max(1, pair.first.degreesOfFreedom)
      + squares[1] * squares[1] / max(1, pair.second.degreesOfFreedom)
    return sum * sum / spread
  }

  private static func score(_ pair: Pair) -> Double {
    let difference = pair.second.mean - pair.first.mean
    return difference == 0 ? 0 : difference / combinedError(pair)
  }

  private static func verdict(
    _ pair: Pair, _ differs: Bool, _ shift: Double
  ) -> ComparisonVerdict {
    let (a, b) = (pair.first, pair.second)
    guard a.isUsable, b.isUsable else { return .underpowered }
    if a == b { return .identical }
    if differs { return .inconsistent }
    if let resolution = pair.resolution, shift > resolution { return .underpowered }
    return .consistent
  }
}
