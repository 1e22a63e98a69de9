/// One block: attention between all sites, then a perceptron per site, each added to the tokens.
final class TransformerBlock {
  private let layout: TransformerBlockLayout
  /// j - i as a site, for all pairs.
  private let displacements: [Int]
  private let sites: Int
  private let width: Int
  private let headWidth: Int
  private let scale: Double
  private let input: LaneBuffer
  private let queries: LaneBuffer
  private let keys: LaneBuffer
  private let values: LaneBuffer
  /// Shares p_ij of every head.
  private let shares: LaneBuffer
  private let mixed: LaneBuffer
  private let middle: LaneBuffer
  private let first: LaneBuffer
  private let firstValue: LaneBuffer
  private let dInput: LaneBuffer
  private let dOutput: LaneBuffer
  private let dQueries: LaneBuffer
  private let dKeys: LaneBuffer
  private let dValues: LaneBuffer
  private let dMixed: LaneBuffer
  private let dFirst: LaneBuffer
  private let row: LaneBuffer

  init(_ layout: TransformerBlockLayout, _ displacements: [Int], sites: Int) {
    self.layout = layout
    self.displacements = displacements
    self.sites = sites
    width = layout.query.outputs
    headWidth = width / layout.heads
    scale = 1 / Double(headWidth).squareRoot()
    func tokens() -> LaneBuffer { LaneBuffer(sites * layout.query.outputs) }
    input = tokens()
    queries = tokens()
    keys = tokens()
    values = tokens()
    mixed = tokens()
    middle = tokens()
    shares = LaneBuffer(layout.heads * sites * sites)
    first = LaneBuffer(sites * layout.first.outputs)
    firstValue = LaneBuffer(sites * layout.first.outputs)
    dInput = LaneBuffer(layout.query.outputs)
    dOutput = LaneBuffer(layout.query.outputs)
    dQueries = tokens()
    dKeys = tokens()
    dValues = tokens()
    dMixed = tokens()
    dFirst = LaneBuffer(layout.first.outputs)
    row = LaneBuffer(sites)
  }

  /// Replaces the tokens by those after the block.
  func forward(_ w: WeightBuffer, _ tokens: LaneBuffer) {
    for i in 0..<sites {
      let at = i * width
      for n in at..<(at + width) { input[n] = tokens[n] }
      layout.query.forward(w, input, at, queries, at)
      layout.key.forward(w, input, at, keys, at)
      layout.value.forward(w, input, at, values, at)
    }
    mixed.clear()
    for head in 0..<layout.heads {
      for i in 0..<sites { attend(w, head, i) }
    }
    for i in 0..<sites {
      let (at, top) = (i * width, i * layout.first.outputs)
      layout.output.forward(w, mixed, at, middle, at)
      for n in at..<(at + width) { middle[n] += input[n] }
      layout.first.forward(w, middle, at, first, top)
      for o in top..<(top + layout.first.outputs) { firstValue[o] = smoothRamp(first[o]) }
      layout.second.forward(w, firstValue, top, tokens, at)
      for n in at..<(at + width) { tokens[n] += middle[n] }
    }
  }

  /// Shares of one row and the mixture of values that they make.
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
    layout.bias.lowerBound + head * sites + displacements[i * sites + j]
  }

  /// Replaces the derivatives by the tokens after the block by those before.
  func backward(_ w: WeightBuffer, _ dTokens: LaneBuffer, into parameters: LaneBuffer) {
    for buffer in [dMixed, dQueries, dKeys, dValues] { buffer.clear() }
    for i in 0..<sites {
      goBackThroughPerceptron(w, i, dTokens, parameters)
      goBack(layout.output, w, mixed, i, dTokens, into: dMixed, parameters)
    }
    for head in 0..<layout.heads {
      for i in 0..<sites { goBackThroughAttention(head, i, parameters) }
    }
    for i in 0..<sites {
      goBack(layout.query, w, input, i, dQueries, into: dTokens, parameters)
      goBack(layout.key, w, input, i, dKeys, into: dTokens, parameters)
      goBack(layout.value, w, input, i, dValues, into: dTokens, parameters)
    }
  }

  /// Backward of a layer from tokens to tokens at site i.
  private func goBack(
    _ dense: DenseLayer, _ w: WeightBuffer, _ x: LaneBuffer, _ i: Int, _ dOutputs: LaneBuffer,
    into dInputs: LaneBuffer, _ parameters: LaneBuffer
  ) {
    let at = i * width
    for n in 0..<width { dOutput[n] = dOutputs[at + n] }
    dInput.clear()
    dense.backward(w, x, at, dy: dOutput, dx: dInput, into: parameters)
    for n in 0..<width { dInputs[at + n] += dInput[n] }
  }

  /// Adds what goes through the perceptron to the derivatives by its tokens.
  private func goBackThroughPerceptron(
    _ w: WeightBuffer, _ i: Int, _ dTokens: LaneBuffer, _ parameters: LaneBuffer
  ) {
    let (at, top) = (i * width, i * layout.first.outputs)
    for n in 0..<width { dOutput[n] = dTokens[at + n] }
    dFirst.clear()
    layout.second.backward(w, firstValue, top, dy: dOutput, dx: dFirst, into: parameters)
    for o in 0..<layout.first.outputs { dFirst[o] *= smoothRampSlope(first[top + o]) }
    dInput.clear()
    layout.first.backward(w, middle, at, dy: dFirst, dx: dInput, into: parameters)
    for n in 0..<width { dTokens[at + n] += dInput[n] }
  }

  /// With g_j = dmixed_i . v_j: ds_j = p_j (g_j - sum_m p_m g_m), as in `softmaxBackward`.
  private func goBackThroughAttention(_ head: Int, _ i: Int, _ parameters: LaneBuffer) {
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
