/// out_i += sum_j p_ij v_j with p_ij = exp(q_i . k_j) / sum_j exp(q_i . k_j).
func softmaxForward(
  _ vectors: HeadVectors, _ sites: Int, row: LaneBuffer, into output: LaneBuffer
) {
  for i in 0..<sites {
    softmaxRow(vectors, i, sites, row)
    var out = unsafe output.vector(i)
    for j in 0..<sites { unsafe out.add(row[j], vectors.values.vector(j)) }
    unsafe output.setVector(i, out)
  }
}

/// p_ij of one row; the largest score is taken off first, so that no exponential overflows.
private func softmaxRow(_ vectors: HeadVectors, _ i: Int, _ sites: Int, _ row: LaneBuffer) {
  precondition(vectors.queries.count == 3 * sites && vectors.keys.count == 3 * sites)
  let query = unsafe vectors.queries.vector(i)
  var largest = Lanes(repeating: -.infinity)
  for j in 0..<sites {
    let score = unsafe query.dot(vectors.keys.vector(j))
    row[j] = score
    largest.replace(with: score, where: score .> largest)
  }
  var sum = Lanes.zero
  for j in 0..<sites {
    let weight = exponential(row[j] - largest)
    row[j] = weight
    sum += weight
  }
  let inverse = 1 / sum
  for j in 0..<sites { row[j] *= inverse }
}

/// With g_j = dout_i . v_j and the softmax rule ds_j = p_j (g_j - sum_m p_m g_m):
/// dv_j += p_j dout_i, dq_i += ds_j k_j, dk_j += ds_j q_i.
func softmaxBackward(
  _ vectors: HeadVectors, _ sites: Int, _ dOutput: LaneBuffer, row: LaneBuffer, dRow: LaneBuffer,
  _ gradient: HeadVectors
) {
  precondition(dOutput.count == 3 * sites && gradient.keys.count == 3 * sites)
  for i in 0..<sites {
    softmaxRow(vectors, i, sites, row)
    let (query, dOut) = unsafe (vectors.queries.vector(i), dOutput.vector(i))
    var mean = Lanes.zero
    for j in 0..<sites {
      let g = unsafe dOut.dot(vectors.values.vector(j))
      dRow[j] = g
      mean = fused(row[j], g, mean)
    }
    var dQuery = LaneVector.zero
    for j in 0..<sites {
      let dScore = row[j] * (dRow[j] - mean)
      var (dKey, dValue) = unsafe (gradient.keys.vector(j), gradient.values.vector(j))
      dValue.add(row[j], dOut)
      dKey.add(dScore, query)
      unsafe dQuery.add(dScore, vectors.keys.vector(j))
      unsafe gradient.keys.setVector(j, dKey)
      unsafe gradient.values.setVector(j, dValue)
    }
    unsafe gradient.queries.setVector(i, dQuery)
  }
}

/// e^x in every lane, for x in -708 ... 709 (clamped below): 2^n e^r with |r| <= ln 2 / 2, e^r from its Taylor
/// series to degree 13, whose remainder 4e-18 is below half an ulp.
@inline(__always)
func exponential(_ argument: Lanes) -> Lanes {
  let x = argument.replacing(with: -708, where: argument .< -708)
  let n = (x * 1.4426950408889634).rounded(.toNearestOrEven)
  let r = fused(
    n, Lanes(repeating: -1.9082149292705877e-10), fused(n, Lanes(repeating: -0.6931471803691238), x)
  )
  var sum = Lanes(repeating: 1 / 6227020800)
  for inverseFactorial in inverseFactorials {
    sum = fused(sum, r, Lanes(repeating: inverseFactorial))
  }
  let exponent = SIMD4<Int64>(truncatingIfNeeded: SIMD4<Int64>(n))
  let bits = (exponent &+ 1023) &<< 52
  return sum
    * Lanes(
      Double(bitPattern: UInt64(bitPattern: bits[0])),
      Double(bitPattern: UInt64(bitPattern: bits[1])),
      Double(bitPattern: UInt64(bitPattern: bits[2])),
      Double(bitPattern: UInt64(bitPattern: bits[3])))
}

/// 1/12!, 1/11!, …, 1/0!.
private let inverseFactorials: [Double] = (0...12).reversed().map { n in
  1 / (1..<max(2, n + 1)).reduce(1.0) { $0 * Double($1) }
}
