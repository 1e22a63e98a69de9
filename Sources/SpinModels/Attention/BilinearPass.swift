/// Without an activation (Q K^T) V = Q (K^T V): the pairs of sites never have to be visited.
func bilinearForward(_ vectors: HeadVectors, _ sites: Int, into output: LaneBuffer) {
  let product = outerSum(vectors.keys, vectors.values, sites)
  for i in 0..<sites {
    for a in 0..<3 {
      let factor = vectors.queries[3 * i + a]
      for b in 0..<3 {
        output[3 * i + b] = fused(factor, product[a][b], output[3 * i + b])
      }
    }
  }
}

/// P = K^T V: dQ = dout P^T, dP = Q^T dout, dK = V dP^T, dV = K dP.
func bilinearBackward(
  _ vectors: HeadVectors, _ sites: Int, _ dOutput: LaneBuffer, _ gradient: HeadVectors
) {
  let product = outerSum(vectors.keys, vectors.values, sites)
  let dProduct = outerSum(vectors.queries, dOutput, sites)
  for i in 0..<sites {
    for a in 0..<3 {
      var (dq, dk, dv) = (Lanes.zero, Lanes.zero, Lanes.zero)
      for b in 0..<3 {
        dq = fused(dOutput[3 * i + b], product[a][b], dq)
        dk = fused(vectors.values[3 * i + b], dProduct[a][b], dk)
        dv = fused(vectors.keys[3 * i + b], dProduct[b][a], dv)
      }
      gradient.queries[3 * i + a] = dq
      gradient.keys[3 * i + a] = dk
      gradient.values[3 * i + a] = dv
    }
  }
}

/// sum_i a_i b_i^T.
private func outerSum(
  _ a: LaneBuffer, _ b: LaneBuffer, _ sites: Int
) -> InlineArray<3, InlineArray<3, Lanes>> {
  var sum = InlineArray<3, InlineArray<3, Lanes>>(repeating: InlineArray(repeating: .zero))
  for i in 0..<sites {
    for c in 0..<3 {
      for d in 0..<3 { sum[c][d] = fused(a[3 * i + c], b[3 * i + d], sum[c][d]) }
    }
  }
  return sum
}
