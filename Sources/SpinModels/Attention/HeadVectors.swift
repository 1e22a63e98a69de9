/// Q, K and V of one head, three components per site each; Q already holds the factor 1 / sqrt 3.
final class HeadVectors {
  let queries: LaneBuffer
  let keys: LaneBuffer
  let values: LaneBuffer
  private let scale = 1 / 3.0.squareRoot()

  init(_ sites: Int) {
    queries = LaneBuffer(3 * sites)
    keys = LaneBuffer(3 * sites)
    values = LaneBuffer(3 * sites)
  }

  /// Each vector = sum_k weight_k * (sum over shell k); weights of Q, K, V one after the other from
  /// `first` on. The three share every load of a sum.
  func smear(_ sums: LaneBuffer, _ weights: Span<Double>, first: Int, shells: Int) {
    let sites = queries.count / 3
    let row = weights.extracting(first..<(first + 3 * shells))
    precondition(sums.count == 3 * sites * shells)
    for i in 0..<sites {
      var (q, k, v) = (LaneVector.zero, LaneVector.zero, LaneVector.zero)
      for s in 0..<shells {
        let sum = unsafe sums.vector(i &* shells &+ s)
        unsafe q.add(Lanes(repeating: row[unchecked: s]), sum)
        unsafe k.add(Lanes(repeating: row[unchecked: shells + s]), sum)
        unsafe v.add(Lanes(repeating: row[unchecked: 2 * shells + s]), sum)
      }
      unsafe queries.setVector(i, q.scaled(scale))
      unsafe keys.setVector(i, k)
      unsafe values.setVector(i, v)
    }
  }

  /// Backward of `smear`, self being the derivatives by Q, K and V: dweight_k += g . sums_k and
  /// dsums_k += weight_k g.
  func goBack(
    _ sums: LaneBuffer, _ weights: Span<Double>, first: Int, shells: Int, dSums: LaneBuffer,
    _ parameters: LaneBuffer, at start: Int
  ) {
    let sites = queries.count / 3
    let row = weights.extracting(first..<(first + 3 * shells))
    precondition(sums.count == 3 * sites * shells && dSums.count == sums.count)
    precondition(start >= 0 && start + 3 * shells <= parameters.count)
    for i in 0..<sites {
      let q = unsafe queries.vector(i).scaled(scale)
      let (k, v) = unsafe (keys.vector(i), values.vector(i))
      for s in 0..<shells {
        let sum = unsafe sums.vector(i &* shells &+ s)
        unsafe parameters.base[start + s] += q.dot(sum)
        unsafe parameters.base[start + shells + s] += k.dot(sum)
        unsafe parameters.base[start + 2 * shells + s] += v.dot(sum)
        var dSum = unsafe dSums.vector(i &* shells &+ s)
        unsafe dSum.add(Lanes(repeating: row[unchecked: s]), q)
        unsafe dSum.add(Lanes(repeating: row[unchecked: shells + s]), k)
        unsafe dSum.add(Lanes(repeating: row[unchecked: 2 * shells + s]), v)
        unsafe dSums.setVector(i &* shells &+ s, dSum)
      }
    }
  }
}

extension LaneVector {
  @inline(__always)
  func scaled(_ factor: Double) -> LaneVector {
    LaneVector(x: x * factor, y: y * factor, z: z * factor)
  }
}
