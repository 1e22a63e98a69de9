internal import Reporting

/// One number measured at several points that are worth the same, such as models trained from different
/// starts: x_i with errors s_i.
///
/// Their mean has the error sqrt(max(S^2, mean of s_i^2) / n), S^2 = sum (x_i - mean)^2 / (n - 1). The
/// scatter S of the points holds what the s_i tell and what they do not know of; the larger counts, since
/// a few points may lie close by chance. Equal points are one, however often it is there: a training without
/// a random start, for one, gives one model and so one chain.
struct MeanOverPoints {
  let value: MeasuredValue
  /// S; 0 for a single point.
  let spread: Double

  /// nil without points.
  init?(_ points: [MeasuredValue]) {
    let points = Self.distinct(points)
    guard let first = points.first else { return nil }
    guard points.count > 1 else {
      (value, spread) = (first, 0)
      return
    }
    let count = Double(points.count)
    let mean = points.reduce(0) { $0 + $1.value } / count
    let variance = points.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / (count - 1)
    let within = points.reduce(0) { $0 + ($1.error ?? 0) * ($1.error ?? 0) } / count
    let samples = points.compactMap(\.effectiveSamples)
    let verdicts = points.compactMap(\.isConverged)
    spread = variance.squareRoot()
    value = MeasuredValue(
      mean, error: (max(variance, within) / count).squareRoot(),
      effectiveSamples: samples.count == points.count ? samples.reduce(0, +) : nil,
      isConverged: verdicts.isEmpty ? nil : !verdicts.contains(false),
      doubts: points.lazy.map(\.doubts).first { !$0.isEmpty } ?? "",
      artifact: points.compactMap(\.artifact).joined(separator: "+"))
  }

  private static func distinct(_ points: [MeasuredValue]) -> [MeasuredValue] {
    points.enumerated().filter { place, point in
      !points.prefix(place).contains { $0.value == point.value && $0.error == point.error }
    }.map(\.element)
  }
}
