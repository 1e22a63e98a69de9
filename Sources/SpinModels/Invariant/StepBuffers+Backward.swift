extension StepBuffers {
  func clearGradients() {
    dVectors.clear()
    dValues.clear()
    for dSum in dSums { dSum.clear() }
  }

  /// Backward of `passOn`: dgate_cm = dv_c . u_m, du_m += gate_cm dv_c, and on to z.
  func goBackThroughGates(
    _ i: Int, _ w: WeightBuffer, from next: StepBuffers, _ space: SiteGradients,
    into parameters: LaneBuffer
  ) {
    guard let gate = step.gates else { return }
    for c in 0..<next.step.channels {
      let dv = unsafe next.dChannels[c].vector(i)
      for m in 0..<step.vectors {
        let at = i * step.vectors + m
        space.gates[c * step.vectors + m] = unsafe dv.dot(vectors.vector(at))
        var du = unsafe dVectors.vector(at)
        du.add(gates[i * gate.outputs + c * step.vectors + m], dv)
        unsafe dVectors.setVector(at, du)
      }
    }
    let width = step.second.outputs
    space.second.clear()
    gate.backward(
      w, values, i * width, dy: space.gates, dx: space.second, into: parameters)
    for o in 0..<width { dValues[i * width + o] += space.second[o] }
  }

  /// Backward of `secondLayer`, to the derivatives by what it takes in.
  func goBackThroughSecond(
    _ i: Int, _ w: WeightBuffer, scale: Lanes, _ space: SiteGradients, into parameters: LaneBuffer
  ) {
    let width = step.second.outputs
    for o in 0..<width {
      let p = step.out.lowerBound + o
      parameters[p].addProduct(scale, values[i * width + o])
      let dz = dValues[i * width + o] + scale * w[p]
      space.second[o] = dz * smoothRampSlope(second[i * width + o])
    }
    let count = step.second.inputs
    space.firstValue.clear()
    step.second.backward(
      w, firstValue, i * count, dy: space.second, dx: space.firstValue, into: parameters)
    for o in 0..<count { dFirstValue[i * count + o] = space.firstValue[o] }
  }

  /// Backward of `attend`: adds to the derivatives by the outputs of the first layer.
  func goBackThroughAttention(
    _ w: WeightBuffer, _ space: SiteGradients, into parameters: LaneBuffer
  ) {
    guard let attention, let layout = step.attention else { return }
    let (hidden, count, width) = (step.first.outputs, step.second.inputs, attention.width)
    for i in 0..<sites {
      for n in 0..<width {
        attention.dMixed[i * width + n] = dFirstValue[i * count + hidden + n]
      }
    }
    attention.backward(into: parameters)
    let layers = [
      (layout.query, attention.dQueries), (layout.key, attention.dKeys),
      (layout.value, attention.dValues),
    ]
    for (dense, dTokens) in layers {
      for i in 0..<sites {
        for n in 0..<width { space.tokens[n] = dTokens[i * width + n] }
        space.firstValue.clear()
        dense.backward(
          w, firstValue, i * count, dy: space.tokens, dx: space.firstValue, into: parameters)
        for o in 0..<hidden { dFirstValue[i * count + o] += space.firstValue[o] }
      }
    }
  }

  /// Backward of `firstLayer`: adds to du of this step and to dz of the step before.
  func goBackThroughFirst(
    _ i: Int, _ w: WeightBuffer, scale: Lanes, previous: StepBuffers?, _ space: SiteGradients,
    into parameters: LaneBuffer
  ) {
    let hidden = step.first.outputs
    for o in 0..<hidden {
      space.first[o] =
        dFirstValue[i * step.second.inputs + o] * smoothRampSlope(first[i * hidden + o])
    }
    space.inputs.clear()
    step.first.backward(
      w, inputs, i * step.first.inputs, dy: space.first, dx: space.inputs, into: parameters)
    goBackThroughDots(i, w, scale, space, parameters)
    guard let previous else { return }
    let count = previous.step.second.outputs
    for o in 0..<count { previous.dValues[i * count + o] += space.inputs[step.pairs.count + o] }
  }

  private func goBackThroughDots(
    _ i: Int, _ w: WeightBuffer, _ scale: Lanes, _ space: SiteGradients, _ parameters: LaneBuffer
  ) {
    let at = i * step.vectors
    for (p, (m, n)) in step.pairs.enumerated() {
      parameters[step.skip.lowerBound + p].addProduct(
        scale, inputs[i * step.first.inputs + p])
      let g = fused(scale, Lanes(repeating: w[step.skip.lowerBound + p]), space.inputs[p])
      let (um, un) = unsafe (vectors.vector(at + m), vectors.vector(at + n))
      var dm = unsafe dVectors.vector(at + m)
      dm.add(g, un)
      unsafe dVectors.setVector(at + m, dm)
      var dn = unsafe dVectors.vector(at + n)
      dn.add(g, um)
      unsafe dVectors.setVector(at + n, dn)
    }
  }

  /// Backward of `makeVectors` and of the smearing: du to dv.
  func goBackThroughVectors(
    _ w: WeightBuffer, _ table: ShellTable, into parameters: LaneBuffer
  ) {
    for i in 0..<sites {
      for m in 0..<step.vectors { distribute(i, m, w, table.coordination, parameters) }
    }
    for c in 0..<step.channels {
      dChannels[c].clear()
      table.addAdjoint(dSums[c], into: dChannels[c])
    }
  }

  private func distribute(
    _ i: Int, _ m: Int, _ w: WeightBuffer, _ coordination: [Int], _ parameters: LaneBuffer
  ) {
    let shells = step.shells
    let du = unsafe dVectors.vector(i * step.vectors + m)
    if step.mixing.isEmpty {
      var dh = LaneVector.zero
      dh.add(Lanes(repeating: 1 / Double(coordination[m]).squareRoot()), du)
      unsafe dSums[0].setVector(i * shells + m, dh)
      return
    }
    let row = step.mixing.lowerBound + m * step.channels * shells
    for c in 0..<step.channels {
      for k in 0..<shells {
        let (p, at) = (row + c * shells + k, i * shells + k)
        let scale = 1 / Double(coordination[k]).squareRoot()
        unsafe parameters[p].addProduct(Lanes(repeating: scale), du.dot(sums[c].vector(at)))
        var dh = unsafe dSums[c].vector(at)
        dh.add(Lanes(repeating: w[p] * scale), du)
        unsafe dSums[c].setVector(at, dh)
      }
    }
  }
}
