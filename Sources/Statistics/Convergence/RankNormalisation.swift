/// Ranks over all chains, ties averaged, mapped to normal scores (Blom 1958; Vehtari et al. 2021,
/// equation (14)): z = quantile((rank - 3/8) / (count + 1/4)).
func rankNormalised(_ chains: [[Double]]) -> [[Double]] {
  let values = Array(chains.joined())
  let order = values.indices.sorted { values[$0] < values[$1] }
  var scores = [Double](repeating: 0, count: values.count)
  var i = 0
  while i < order.count {
    var end = i + 1
    while end < order.count && values[order[end]] == values[order[i]] { end += 1 }
    let rank = Double(i + 1 + end) / 2
    let score = normalQuantile((rank - 0.375) / (Double(values.count) + 0.25))
    for k in i..<end { scores[order[k]] = score }
    i = end
  }
  var offset = 0
  return chains.map { chain in
    defer { offset += chain.count }
    return Array(scores[offset..<(offset + chain.count)])
  }
}

/// Both halves of every chain; the middle sample of an odd one is dropped.
func halves(_ chains: [[Double]]) -> [[Double]] {
  chains.flatMap { chain in
    let half = chain.count / 2
    return [Array(chain.prefix(half)), Array(chain.suffix(half))]
  }
}

/// The `p` quantile of all samples, linearly interpolated.
func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
  let place = p * Double(values.count - 1)
  let low = Int(place)
  let high = min(low + 1, values.count - 1)
  return values[low] + (place - Double(low)) * (values[high] - values[low])
}
