/// Softmax attention between the tokens of all sites: mixed_i = sum_j p_ij v_j with p_ij the softmax
/// over j of q_i . k_j / sqrt(width of a head) + a learned bias for the relation of j to i.
final class TokenAttention {
  /// Numbers per site of all heads together.
  let width: Int
  let queries: LaneBuffer
  let keys: LaneBuffer
  let values: LaneBuffer
  let mixed: LaneBuffer
  let dQueries: LaneBuffer
  let dKeys: LaneBuffer
  let dValues: LaneBuffer
  /// To be filled before `backward`.
  let dMixed: LaneBuffer
  private let sites: Int
  private let heads: Int
  private let headWidth: Int
  private let scale: Double
  private let bias: Range<Int>
  private let relations: [Int]
  /// Shares p_ij of every head.
  private let shares: LaneBuffer
  private let row: LaneBuffer

  /// - Parameters:
  ///   - bias: where the biases lie, those of a head together.
  ///   - relations: which of them a pair (i, j) takes, row by row.
  init(sites: Int, heads: Int, width: Int, bias: Range<Int>, relations: [Int]) {
    self.sites = sites
    self.heads = heads
    self.width = width
    self.bias = bias
    self.relations = relations
    headWidth = width / heads
    scale = 1 / Double(headWidth).squareRoot()
    func tokens() -> LaneBuffer { LaneBuffer(sites * width) }
    queries = tokens()
    keys = tokens()
    values = tokens()
    mixed = tokens()
    dQueries = tokens()
    dKeys = tokens()
    dValues = tokens()
    dMixed = tokens()
    shares = LaneBuffer(heads * sites * sites)
    row = LaneBuffer(sites)
  }

  /// Fills `mixed` from the queries, keys and values.
  func forward(_ w: WeightBuffer) {
    mixed.clear()
    for head in 0..<heads {
      for i in 0..<sites { attend(w, head, i) }
    }
  }

  private func attend(_ w: WeightBuffer, _ head: Int, _ i: Int) {
    let (from, shift) = ((head * sites + i) * sites, head * headWidth)
    var largest = Lanes(repeating: -.infinity)
    for j in 0..<sites {
      var score = Lanes.zero
      for n in shift..<(shift + headWidth) {
        score.addProduct(queries[i * width + n], keys[j * width + n])
      }
      score = scale * score + w[biasPlace(head, i, j)]
      shares[from + j] = score
      largest.replace(with: score, where: score .> largest)
    }
    var sum = Lanes.zero
    for j in from..<(from + sites) {
      shares[j] = exponential(shares[j] - largest)
      sum += shares[j]
    }
    let inverse = 1 / sum
    for j in 0..<sites {
      shares[from + j] *= inverse
      for n in shift..<(shift + headWidth) {
        mixed[i * width + n].addProduct(shares[from + j], values[j * width + n])
      }
    }
  }

  private func biasPlace(_ head: Int, _ i: Int, _ j: Int) -> Int {
    bias.lowerBound + head * (bias.count / heads) + relations[i * sites + j]
  }

  /// Sets the derivatives by queries, keys and values and adds those by the biases.
  func backward(into parameters: LaneBuffer) {
    for buffer in [dQueries, dKeys, dValues] { buffer.clear() }
    for head in 0..<heads {
      for i in 0..<sites { goBack(head, i, parameters) }
    }
  }

  /// With g_j = dmixed_i . v_j: ds_j = p_j (g_j - sum_m p_m g_m), as in `softmaxBackward`.
  private func goBack(_ head: Int, _ i: Int, _ parameters: LaneBuffer) {
    let (from, shift) = ((head * sites + i) * sites, head * headWidth)
    let part = shift..<(shift + headWidth)
    var mean = Lanes.zero
    for j in 0..<sites {
      var g = Lanes.zero
      for n in part { g.addProduct(dMixed[i * width + n], values[j * width + n]) }
      row[j] = g
      mean.addProduct(shares[from + j], g)
    }
    for j in 0..<sites {
      let share = shares[from + j]
      let dScore = share * (row[j] - mean)
      parameters[biasPlace(head, i, j)] += dScore
      let scaled = scale * dScore
      for n in part {
        dValues[j * width + n].addProduct(share, dMixed[i * width + n])
        dQueries[i * width + n].addProduct(scaled, keys[j * width + n])
        dKeys[j * width + n].addProduct(scaled, queries[i * width + n])
      }
    }
  }
}
