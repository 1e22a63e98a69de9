/// Count, range and mean of a set of replicas, after the checks every method here relies on.
struct SeriesSummary {
  let count: Int
  let mean: Double
  /// Half the range; deviations are divided by it, so that no square over- or underflows.
  let scale: Double

  init(_ replicas: [[Double]], minimumLength: Int) throws(SeriesError) {
    guard !replicas.isEmpty else { throw .empty }
    var low = Double.infinity
    var high = -Double.infinity
    var count = 0
    for (replica, series) in replicas.enumerated() {
      guard series.count >= minimumLength else {
        throw .tooShort(replica: replica, length: series.count, needed: minimumLength)
      }
      guard let range = finiteRange(of: series.span) else {
        let index = series.firstIndex { !$0.isFinite } ?? 0
        throw .notFinite(replica: replica, index: index)
      }
      low = min(low, range.low)
      high = max(high, range.high)
      count += series.count
    }
    guard low < high else { throw .constant(value: low) }
    guard (high - low).isFinite else { throw .spreadOverflows }
    let half = (high - low) / 2
    let origin = low + half
    // Summing scaled deviations from the middle of the range: no overflow, and no cancellation
    // for a small spread about a large value.
    var sum = 0.0
    for series in replicas { sum += scaledSum(of: series.span, origin: origin, scale: 1 / half) }
    self.count = count
    mean = origin + half * (sum / Double(count))
    scale = half
  }
}

/// Smallest and largest value, or nil when one is NaN or infinite.
private func finiteRange(of series: Span<Double>) -> (low: Double, high: Double)? {
  var low = Double.infinity
  var high = -Double.infinity
  // 0 * x is NaN exactly for the values that are not finite.
  var probe = 0.0
  for i in series.indices {
    let x = series[i]
    probe += 0 * x
    low = x < low ? x : low
    high = x > high ? x : high
  }
  return probe == 0 ? (low, high) : nil
}

/// Sum of (x - origin) * scale in eight interleaved lanes.
func scaledSum(of series: Span<Double>, origin: Double, scale: Double) -> Double {
  var lanes = SIMD8<Double>(repeating: 0)
  let whole = series.count / 8 * 8
  var i = 0
  while i < whole {
    for lane in 0..<8 { lanes[lane] += (series[i + lane] - origin) * scale }
    i += 8
  }
  while i < series.count {
    lanes[0] += (series[i] - origin) * scale
    i += 1
  }
  return lanes.sum()
}
