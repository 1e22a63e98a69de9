/// Forward and backward pass of the attention: smearing, `AttentionHead`s, normalisation, and the
/// linear form on the last spins.
final class AttentionKernel: LaneKernel {
  private let smearing: ShellTable
  private let output: LinearKernel
  private let layers: Int
  private let heads: Int
  private let head: AttentionHead
  private var weights: [Double] = []
  private let inputs: [LaneBuffer]
  private let sums: [LaneBuffer]
  /// 1 / |S + M V| of every layer and site.
  private let norms: [LaneBuffer]
  /// Q, K and V of every layer and head.
  private let vectors: [HeadVectors]
  private let gradient: HeadVectors
  private let dSpins: LaneBuffer
  private let dSums: LaneBuffer

  init(
    _ smearing: ShellTable, _ output: LinearKernel, layers: Int, heads: Int,
    activation: AttentionActivation
  ) {
    let sites = smearing.sites
    self.smearing = smearing
    self.output = output
    self.layers = layers
    self.heads = heads
    head = AttentionHead(sites: sites, activation: activation)
    inputs = (0...layers).map { _ in LaneBuffer(3 * sites) }
    sums = (0..<layers).map { _ in LaneBuffer(3 * sites * smearing.shells) }
    norms = (0..<layers).map { _ in LaneBuffer(sites) }
    vectors = (0..<(layers * heads)).map { _ in HeadVectors(sites) }
    gradient = HeadVectors(sites)
    dSpins = LaneBuffer(3 * sites)
    dSums = LaneBuffer(3 * sites * smearing.shells)
  }

  var sites: Int { smearing.sites }
  var parameterCount: Int { output.parameterCount + layers * heads * 3 * smearing.shells }

  func load(_ parameters: Span<Double>) {
    output.load(parameters.extracting(first: output.parameterCount))
    let rest = parameters.extracting(droppingFirst: output.parameterCount)
    weights = rest.indices.map { rest[$0] }
  }

  func forward(_ spins: LaneBuffer) -> Lanes {
    inputs[0].copy(spins)
    for layer in 0..<layers { advance(layer) }
    return output.forward(inputs[layers])
  }

  /// S^(l+1) = normalise(S^(l) + sum_heads M V).
  private func advance(_ layer: Int) {
    let (from, to) = (inputs[layer], inputs[layer + 1])
    smearing.shellSums(from, into: sums[layer])
    to.copy(from)
    for h in 0..<heads {
      let at = layer * heads + h
      vectors[at].smear(sums[layer], weights.span, first: offset(at), shells: smearing.shells)
      head.forward(vectors[at], into: to)
    }
    for i in 0..<sites {
      let (x, y, z) = (to[3 * i], to[3 * i + 1], to[3 * i + 2])
      let inverse = 1 / fused(x, x, fused(y, y, z * z)).squareRoot()
      norms[layer][i] = inverse
      to[3 * i] = x * inverse
      to[3 * i + 1] = y * inverse
      to[3 * i + 2] = z * inverse
    }
  }

  private func offset(_ head: Int) -> Int { head * 3 * smearing.shells }

  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    dSpins.clear()
    output.backward(inputs[layers], scale: scale, field: dSpins, parameters: parameters)
    for layer in stride(from: layers - 1, through: 0, by: -1) { goBack(layer, parameters) }
    for i in 0..<field.count { field[i] += dSpins[i] }
  }

  /// The couplings come last, so that nothing has to go back through the layers.
  func linearBackward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    output.backward(inputs[layers], scale: scale, field: dSpins, parameters: parameters)
  }

  /// Turns dH/dS^(l+1) in `dSpins` into dH/dS^(l).
  private func goBack(_ layer: Int, _ parameters: LaneBuffer) {
    projectOnTangents(layer)
    dSums.clear()
    for h in 0..<heads {
      let at = layer * heads + h
      head.backward(vectors[at], dOutput: dSpins, into: gradient)
      gradient.goBack(
        sums[layer], weights.span, first: offset(at), shells: smearing.shells, dSums: dSums,
        parameters, at: output.parameterCount + offset(at))
    }
    smearing.addAdjoint(dSums, into: dSpins)
  }

  /// n = X / |X|: dX = (dn - (dn . n) n) / |X|.
  private func projectOnTangents(_ layer: Int) {
    let unit = inputs[layer + 1]
    for i in 0..<sites {
      let (x, y, z) = (unit[3 * i], unit[3 * i + 1], unit[3 * i + 2])
      let (a, b, c) = (dSpins[3 * i], dSpins[3 * i + 1], dSpins[3 * i + 2])
      let along = fused(x, a, fused(y, b, z * c))
      let inverse = norms[layer][i]
      dSpins[3 * i] = (a - along * x) * inverse
      dSpins[3 * i + 1] = (b - along * y) * inverse
      dSpins[3 * i + 2] = (c - along * z) * inverse
    }
  }
}
