internal import Reporting

extension ResultTable {
  /// The table in which points that differ only in these parameters are one, with the mean of their
  /// results and an error that includes how they spread.
  ///
  /// - Parameter spreads: of `NAME.spread` among these the column gets a companion with the standard
  ///   deviation over the points.
  func averaged(over parameters: [String], spreads: [String]) -> ResultTable {
    let merged = Set(parameters.compactMap(index))
    guard !merged.isEmpty else { return self }
    let kept = columns.indices.filter { !merged.contains($0) }
    let circumstances = kept.filter { !isMeasured($0) }
    let spreading = kept.filter { spreads.contains(columns[$0].name + Self.spreadSuffix) }
    var order: [[Cell]] = []
    var groups: [[Cell]: [[Cell]]] = [:]
    for row in rows {
      let key = circumstances.map { row[$0] }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    var result = ResultTable(
      name: name, title: title,
      columns: kept.map { columns[$0] } + spreading.map { Self.spreadColumn(of: columns[$0]) })
    for key in order {
      let points = groups[key] ?? []
      let cells = kept.map { place in
        isMeasured(place) ? Self.mean(points, place) { $0.value } : points[0][place]
      }
      let spreads = spreading.map { Self.mean(points, $0) { MeasuredValue($0.spread) } }
      result.append(cells + spreads)
    }
    return result
  }

  /// One number of the mean over points in a column; missing where no point has a value.
  private static func mean(
    _ points: [[Cell]], _ column: Int, _ number: (MeanOverPoints) -> MeasuredValue
  ) -> Cell {
    MeanOverPoints(points.compactMap { $0[column].measured }).map { .measured(number($0)) }
      ?? .missing
  }

  static let spreadSuffix = ".spread"

  private static func spreadColumn(of column: Column) -> Column {
    Column(
      column.name + spreadSuffix, label: "spread of \(column.label)", unit: column.unit,
      summary: "standard deviation over the points that became one")
  }
}

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
