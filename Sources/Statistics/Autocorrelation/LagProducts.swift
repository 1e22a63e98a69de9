/// Sums of lagged products, sum_r sum_i d_r(i) d_r(i + t) for t = 0..<lags, where d is the scaled
/// deviation from the mean over all replicas.
///
/// Exact (no wrap-around) and O(n log lags): each replica is cut into segments of `lags` samples,
/// each padded to twice its length. The segment followed by its successor has the spectrum
/// X_k + (-1)^j X_{k+1}, so one transform per segment gives both factors (Rader, 1970). The
/// transforms stay in cache, however long the series is.
func lagProducts(
  _ replicas: [[Double]], mean: Double, scale: Double, lags: Int
) -> [Double] {
  let transform = RealTransform(length: 2 * lags)
  let width = 2 * (lags + 1)
  var previous = [Double](repeating: 0, count: width)
  var power = [Double](repeating: 0, count: width)
  for series in replicas {
    for start in stride(from: 0, to: series.count, by: lags) {
      load(series.span, from: start, origin: mean, scale: 1 / scale, into: transform)
      transform.forward()
      if start > 0 { addCross(previous.span, transform, to: &power) }
      addPower(transform, to: &power)
      for i in 0..<width { previous[i] = unsafe transform.spectrum[i] }
    }
  }
  for i in 0..<width { unsafe transform.spectrum[i] = power[i] }
  transform.backward()
  let norm = 1 / Double(2 * lags)
  return (0..<lags).map { unsafe transform.real[$0] * norm }
}

/// Writes one segment of scaled deviations and its padding.
private func load(
  _ series: Span<Double>, from start: Int, origin: Double, scale: Double,
  into transform: borrowing RealTransform
) {
  let lags = transform.length / 2
  let count = min(lags, series.count - start)
  let real = unsafe transform.real
  for i in 0..<count { unsafe real[i] = (series[start + i] - origin) * scale }
  for i in count..<(2 * lags) { unsafe real[i] = 0 }
}

/// power += |X|^2.
private func addPower(_ transform: borrowing RealTransform, to power: inout [Double]) {
  let x = unsafe transform.spectrum
  var power = power.mutableSpan
  for j in 0...(transform.length / 2) {
    let (re, im) = unsafe (x[2 * j], x[2 * j + 1])
    power[2 * j] += re * re + im * im
  }
}

/// power += (-1)^j conj(X_k) X_{k+1}.
private func addCross(
  _ previous: Span<Double>, _ transform: borrowing RealTransform, to power: inout [Double]
) {
  let x = unsafe transform.spectrum
  var power = power.mutableSpan
  var sign = 1.0
  for j in 0...(transform.length / 2) {
    let (re, im) = unsafe (x[2 * j], x[2 * j + 1])
    let (a, b) = (previous[2 * j], previous[2 * j + 1])
    power[2 * j] += sign * (a * re + b * im)
    power[2 * j + 1] += sign * (a * im - b * re)
    sign = -sign
  }
}
