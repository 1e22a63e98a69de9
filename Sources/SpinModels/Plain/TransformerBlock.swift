/// One block: attention between all sites, then a perceptron per site, each added to the tokens.
final class TransformerBlock {
  private let layout: TransformerBlockLayout
  private let sites: Int
  private let width: Int
  private let attention: TokenAttention
  private let input: LaneBuffer
  private let middle: LaneBuffer
  private let first: LaneBuffer
  private let firstValue: LaneBuffer
  private let dInput: LaneBuffer
  private let dOutput: LaneBuffer
  private let dFirst: LaneBuffer

  /// - Parameter displacements: j - i as a site of the home lattice, for all pairs.
  init(_ layout: TransformerBlockLayout, _ displacements: [Int], sites: Int) {
    self.layout = layout
    self.sites = sites
    width = layout.query.outputs
    attention = TokenAttention(
      sites: sites, heads: layout.heads, width: width, bias: layout.bias, relations: displacements)
    input = LaneBuffer(sites * width)
    middle = LaneBuffer(sites * width)
    first = LaneBuffer(sites * layout.first.outputs)
    firstValue = LaneBuffer(sites * layout.first.outputs)
    dInput = LaneBuffer(width)
    dOutput = LaneBuffer(width)
    dFirst = LaneBuffer(layout.first.outputs)
  }

  /// Replaces the tokens by those after the block.
  func forward(_ w: WeightBuffer, _ tokens: LaneBuffer) {
    for i in 0..<sites {
      let at = i * width
      for n in at..<(at + width) { input[n] = tokens[n] }
      layout.query.forward(w, input, at, attention.queries, at)
      layout.key.forward(w, input, at, attention.keys, at)
      layout.value.forward(w, input, at, attention.values, at)
    }
    attention.forward(w)
    for i in 0..<sites {
      let (at, top) = (i * width, i * layout.first.outputs)
      layout.output.forward(w, attention.mixed, at, middle, at)
      for n in at..<(at + width) { middle[n] += input[n] }
      layout.first.forward(w, middle, at, first, top)
      for o in top..<(top + layout.first.outputs) { firstValue[o] = smoothRamp(first[o]) }
      layout.second.forward(w, firstValue, top, tokens, at)
      for n in at..<(at + width) { tokens[n] += middle[n] }
    }
  }

  /// Replaces the derivatives by the tokens after the block by those before.
  func backward(_ w: WeightBuffer, _ dTokens: LaneBuffer, into parameters: LaneBuffer) {
    attention.dMixed.clear()
    for i in 0..<sites {
      goBackThroughPerceptron(w, i, dTokens, parameters)
      goBack(layout.output, w, attention.mixed, i, dTokens, into: attention.dMixed, parameters)
    }
    attention.backward(into: parameters)
    for i in 0..<sites {
      goBack(layout.query, w, input, i, attention.dQueries, into: dTokens, parameters)
      goBack(layout.key, w, input, i, attention.dKeys, into: dTokens, parameters)
      goBack(layout.value, w, input, i, attention.dValues, into: dTokens, parameters)
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
}
