internal import Glibc
package import Reporting
package import Statistics

/// Observables of two sides compared, all together: the chance of a single false `inconsistent` among
/// all of them is at most the level.
package struct ObservableComparison {
  /// One observable on both sides.
  package struct Pair {
    /// The job whose result it is.
    package let place: String
    package let name: String
    package let first: MeasuredValue
    package let second: MeasuredValue
    /// The difference that must not go unseen; nil if none was declared.
    package var resolution: Double?
    /// The difference that is allowed beyond the errors; of an autocorrelation time its logarithm.
    var tolerance = 0.0
    /// Whether anything but equality is asked.
    package var isJudged = true
    /// Degrees of freedom of the two errors; unknown ones are told by the job's other results.
    var freedom = (first: Double.infinity, second: Double.infinity)
    /// Autocorrelation times are compared by their logarithms, whose errors do not shrink when a
    /// chain happens to underestimate them.
    var isAutocorrelationTime = false
  }

  package struct Entry {
    package let pair: Pair
    /// nil where neither side has an error.
    package let comparison: ResultComparison.Entry?
    /// nil where the numbers differ and nothing tells how much they may.
    package let verdict: ComparisonVerdict?
    /// The smallest true difference that would have been seen, in the observable's own units.
    package let smallestShift: Double?

    package var z: Double? { verdict == .identical ? 0 : comparison?.z }
  }

  package let entries: [Entry]

  init(_ pairs: [Pair], level: Double = 0.01, power: Double = 0.95) throws(SeriesError) {
    let places = pairs.indices.filter {
      pairs[$0].isJudged && !pairs[$0].isIdentical && pairs[$0].hasErrors
    }
    let comparison = try ResultComparison(
      places.map { pairs[$0].measurements }, level: level, power: power)
    let judged = Dictionary(uniqueKeysWithValues: zip(places, comparison.entries))
    entries = pairs.indices.map { place in
      let (pair, entry) = (pairs[place], judged[place])
      let scale = pair.isAutocorrelationTime ? abs(pair.first.value) : 1
      return Entry(
        pair: pair, comparison: entry, verdict: entry?.verdict ?? pair.verdictWithoutErrors,
        smallestShift: entry.map { ($0.smallestShift + pair.tolerance) * scale })
    }
  }

  /// The gravest of all; nil where nothing could be judged.
  package var verdict: ComparisonVerdict? { Self.gravest(entries.compactMap(\.verdict)) }

  package static func gravest(_ verdicts: [ComparisonVerdict]) -> ComparisonVerdict? {
    let order: [ComparisonVerdict] = [.inconsistent, .underpowered, .consistent, .identical]
    return order.first { verdicts.contains($0) }
  }
}

extension ObservableComparison.Pair {
  /// Everything that two artifacts of one job both measured, in the order of the first.
  static func all(
    of place: String, _ first: [ResultReader.Reading], _ second: [ResultReader.Reading]
  ) -> [Self] {
    let freedoms = (Freedoms(first.map(\.value)), Freedoms(second.map(\.value)))
    return first.compactMap { reading in
      second.first { $0.name == reading.name }.map { other in
        Self(
          place: place, name: reading.name, first: reading.value, second: other.value,
          freedom: (freedoms.0.of(reading.value), freedoms.1.of(other.value)))
      }
    }
  }

  /// The same of the autocorrelation time; nil where one side has none.
  var autocorrelationTime: Self? {
    guard let a = first.asAutocorrelationTime, let b = second.asAutocorrelationTime else {
      return nil
    }
    return Self(
      place: place, name: name + ".tau", first: a, second: b, freedom: freedom,
      isAutocorrelationTime: true)
  }

  var isIdentical: Bool { first.value == second.value && first.error == second.error }

  /// A frozen length or a prediction has no error: no z-score says anything about it.
  fileprivate var hasErrors: Bool {
    guard let a = first.error, let b = second.error else { return false }
    return a != 0 || b != 0
  }

  fileprivate var verdictWithoutErrors: ComparisonVerdict? {
    let (a, b) = (first.value, second.value)
    if isIdentical { return .identical }
    // Constants, such as a density fixed by symmetry, differ in their last digits.
    if abs(a - b) <= 1e-12 * max(abs(a), abs(b)) { return .consistent }
    guard isJudged, tolerance > 0 else { return nil }
    return abs(a - b) <= tolerance ? .consistent : .inconsistent
  }

  fileprivate var measurements: ResultComparison.Pair {
    func measurement(_ value: MeasuredValue, _ freedom: Double) -> Measurement {
      let error = value.error ?? .nan
      let (mean, spread) =
        isAutocorrelationTime ? (log(value.value), error / value.value) : (value.value, error)
      return Measurement(
        mean: mean, error: spread, isConverged: value.isConverged ?? true,
        degreesOfFreedom: freedom)
    }
    let from = measurement(first, freedom.first)
    var to = measurement(second, freedom.second)
    // Only what exceeds the tolerance counts.
    let difference = to.mean - from.mean
    to.mean = from.mean + difference - max(-tolerance, min(tolerance, difference))
    return ResultComparison.Pair(name, from, to, resolution: resolution)
  }
}

/// How well the errors of one job's results are known.
private struct Freedoms {
  /// For results without an autocorrelation time of their own: functions of means, whose jackknife
  /// has (effective samples)^(2/3) blocks of the slowest of them, and never fewer than 20.
  private let derived: Double

  init(_ values: [MeasuredValue]) {
    let fewest = values.compactMap(\.effectiveSamples).min()
    derived = fewest.map { max(20, cbrt($0 * $0)) - 1 } ?? .infinity
  }

  func of(_ value: MeasuredValue) -> Double {
    guard let tau = value.autocorrelationTime, let error = value.autocorrelationTimeError,
      error > 0
    else { return derived }
    return 2 * (tau / error) * (tau / error)
  }
}

extension MeasuredValue {
  /// The autocorrelation time as a value of its own.
  var asAutocorrelationTime: MeasuredValue? {
    autocorrelationTime.map {
      MeasuredValue(
        $0, error: autocorrelationTimeError, isConverged: isConverged, artifact: artifact)
    }
  }
}
