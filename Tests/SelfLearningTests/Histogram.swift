import Statistics

/// Compares samples of u in [-1, 1] with a density known up to its norm.
struct Histogram {
  /// Probability of a chi^2 at least this large for independent samples of the density.
  let probability: Double
  let largestShift: Double

  init(of samples: [Double], bins: Int = 20, density: (Double) -> Double) {
    let edges = (0...bins).map { -1 + 2 * Double($0) / Double(bins) }
    let shares = (0..<bins).map { simpson(edges[$0], edges[$0 + 1], density) }
    let norm = shares.reduce(0, +)
    var counts = [Double](repeating: 0, count: bins)
    for u in samples { counts[min(max(Int((u + 1) / 2 * Double(bins)), 0), bins - 1)] += 1 }
    let total = Double(samples.count)
    let terms = zip(counts, shares).map { count, share in
      let expected = total * share / norm
      return (count - expected) * (count - expected) / expected
    }
    probability = chiSquaredTail(terms.reduce(0, +), degreesOfFreedom: bins - 1)
    largestShift = terms.max() ?? 0
  }
}

private func simpson(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> Double {
  let pieces = 8
  let h = (b - a) / Double(2 * pieces)
  return (0...(2 * pieces)).reduce(0) { sum, i in
    let weight: Double = i == 0 || i == 2 * pieces ? 1 : (i % 2 == 1 ? 4 : 2)
    return sum + weight * f(a + Double(i) * h)
  } * h / 3
}
