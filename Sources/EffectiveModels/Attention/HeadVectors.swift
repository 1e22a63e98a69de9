/// Q, K and V of one head, three components per site each; Q already holds the factor 1 / sqrt 3.
final class HeadVectors {
  let queries: LaneBuffer
  let keys: LaneBuffer
  let values: LaneBuffer

  init(_ sites: Int) {
    queries = LaneBuffer(3 * sites)
    keys = LaneBuffer(3 * sites)
    values = LaneBuffer(3 * sites)
  }

  private func each(_ body: (_ part: Int, LaneBuffer, _ factor: Double) -> Void) {
    body(0, queries, 1 / 3.squareRoot())
    body(1, keys, 1)
    body(2, values, 1)
  }

  /// Each vector = sum_k weight_k * (sum over shell k), the weights from `first` on.
  func smear(_ sums: LaneBuffer, _ weights: Span<Double>, first: Int, shells: Int) {
    each { part, vector, factor in
      let row = weights.extracting((first + part * shells)..<(first + (part + 1) * shells))
      for i in 0..<(vector.count / 3) {
        var (x, y, z) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for k in row.indices {
          let at = (i * shells + k) * 3
          let weight = Lanes(repeating: factor * row[k])
          x = fused(weight, sums[at], x)
          y = fused(weight, sums[at + 1], y)
          z = fused(weight, sums[at + 2], z)
        }
        vector[3 * i] = x
        vector[3 * i + 1] = y
        vector[3 * i + 2] = z
      }
    }
  }

  /// Backward of `smear`, self being the derivatives by Q, K and V: dweight_k += g . sums_k and
  /// dsums_k += weight_k g.
  func goBack(
    _ sums: LaneBuffer, _ weights: Span<Double>, first: Int, shells: Int, dSums: LaneBuffer,
    _ parameters: LaneBuffer, at start: Int
  ) {
    each { part, vector, factor in
      let row = weights.extracting((first + part * shells)..<(first + (part + 1) * shells))
      for i in 0..<(vector.count / 3) {
        let x = vector[3 * i] * factor
        let y = vector[3 * i + 1] * factor
        let z = vector[3 * i + 2] * factor
        for k in row.indices {
          let at = (i * shells + k) * 3
          let p = start + part * shells + k
          parameters[p] =
            fused(x, sums[at], fused(y, sums[at + 1], fused(z, sums[at + 2], parameters[p])))
          let weight = Lanes(repeating: row[k])
          dSums[at] = fused(weight, x, dSums[at])
          dSums[at + 1] = fused(weight, y, dSums[at + 1])
          dSums[at + 2] = fused(weight, z, dSums[at + 2])
        }
      }
    }
  }
}
