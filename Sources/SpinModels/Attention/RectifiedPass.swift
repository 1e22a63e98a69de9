/// out_i += sum_j max(0, q_i . k_j) v_j, two rows at once to halve the loads of k and v.
func rectifiedForward(_ vectors: HeadVectors, _ sites: Int, into output: LaneBuffer) {
  let (q, k, v) = (vectors.queries, vectors.keys, vectors.values)
  precondition(q.count == 3 * sites && k.count == 3 * sites && v.count == 3 * sites)
  precondition(output.count == 3 * sites)
  for i in stride(from: 0, to: sites - 1, by: 2) {
    let (q0, q1) = unsafe (q.vector(i), q.vector(i + 1))
    var (out0, out1) = unsafe (output.vector(i), output.vector(i + 1))
    for j in 0..<sites {
      let key = unsafe k.vector(j)
      let value = unsafe v.vector(j)
      out0.add(positivePart(q0.dot(key)), value)
      out1.add(positivePart(q1.dot(key)), value)
    }
    unsafe output.setVector(i, out0)
    unsafe output.setVector(i + 1, out1)
  }
  guard sites % 2 == 1 else { return }
  let last = unsafe q.vector(sites - 1)
  var out = unsafe output.vector(sites - 1)
  for j in 0..<sites {
    unsafe out.add(positivePart(last.dot(k.vector(j))), v.vector(j))
  }
  unsafe output.setVector(sites - 1, out)
}

/// With m = max(0, q_i . k_j) and g = dout_i . v_j where m > 0:
/// dv_j += m dout_i, dq_i += g k_j, dk_j += g q_i.
func rectifiedBackward(
  _ vectors: HeadVectors, _ sites: Int, _ dOutput: LaneBuffer, _ gradient: HeadVectors
) {
  let (q, k, v) = (vectors.queries, vectors.keys, vectors.values)
  let (dq, dk, dv) = (gradient.queries, gradient.keys, gradient.values)
  precondition([q, k, v, dq, dk, dv, dOutput].allSatisfy { $0.count == 3 * sites })
  for i in 0..<sites {
    let (query, dOut) = unsafe (q.vector(i), dOutput.vector(i))
    var dQuery = LaneVector.zero
    for j in 0..<sites {
      let (key, value) = unsafe (k.vector(j), v.vector(j))
      let score = query.dot(key)
      let g = dOut.dot(value).replacing(with: 0, where: score .<= 0)
      var (dKey, dValue) = unsafe (dk.vector(j), dv.vector(j))
      dValue.add(positivePart(score), dOut)
      dKey.add(g, query)
      dQuery.add(g, key)
      unsafe dk.setVector(j, dKey)
      unsafe dv.setVector(j, dValue)
    }
    unsafe dq.setVector(i, dQuery)
  }
}
