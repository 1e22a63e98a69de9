extension StepBuffers {
  /// u of every site, from the sums over shells.
  func makeVectors(_ w: WeightBuffer, coordination: [Int]) {
    for i in 0..<sites {
      for m in 0..<step.vectors {
        unsafe vectors.setVector(i * step.vectors + m, vector(i, m, w, coordination))
      }
    }
  }

  /// h_m / sqrt(z_m) in the first step, a mixture of all channels and shells later.
  private func vector(_ i: Int, _ m: Int, _ w: WeightBuffer, _ coordination: [Int]) -> LaneVector {
    let shells = step.shells
    var u = LaneVector.zero
    if step.mixing.isEmpty {
      let scale = Lanes(repeating: 1 / Double(coordination[m]).squareRoot())
      unsafe u.add(scale, sums[0].vector(i * shells + m))
      return u
    }
    let row = step.mixing.lowerBound + m * step.channels * shells
    for c in 0..<step.channels {
      for k in 0..<shells {
        let weight = w[row + c * shells + k] / Double(coordination[k]).squareRoot()
        unsafe u.add(Lanes(repeating: weight), sums[c].vector(i * shells + k))
      }
    }
    return u
  }

  /// The perceptron of site i; returns its part of H_eff. `previous` is z of the step before.
  func energy(_ i: Int, _ w: WeightBuffer, previous: StepBuffers?) -> Lanes {
    let energy = firstLayer(i, w, previous: previous)
    return secondLayer(i, w, energy)
  }

  /// Dot products and the first layer; returns what is linear in the products.
  func firstLayer(_ i: Int, _ w: WeightBuffer, previous: StepBuffers?) -> Lanes {
    let (at, vectorAt) = (i * step.first.inputs, i * step.vectors)
    var energy = Lanes.zero
    for (p, pair) in step.pairs.enumerated() {
      let dot = unsafe vectors.vector(vectorAt + pair.0).dot(vectors.vector(vectorAt + pair.1))
      inputs[at + p] = dot
      energy.addProduct(Lanes(repeating: w[step.skip.lowerBound + p]), dot)
    }
    if let previous {
      let width = previous.step.second.outputs
      for o in 0..<width { inputs[at + step.pairs.count + o] = previous.values[i * width + o] }
    }
    let hidden = step.first.outputs
    step.first.forward(w, inputs, at, first, i * hidden)
    for o in 0..<hidden {
      firstValue[i * step.second.inputs + o] = smoothRamp(first[i * hidden + o])
    }
    return energy
  }

  /// What the sites tell each other, behind the outputs of the first layer.
  func attend(_ w: WeightBuffer) {
    guard let attention, let layout = step.attention else { return }
    let (inputs, width) = (step.second.inputs, attention.width)
    for i in 0..<sites {
      layout.query.forward(w, firstValue, i * inputs, attention.queries, i * width)
      layout.key.forward(w, firstValue, i * inputs, attention.keys, i * width)
      layout.value.forward(w, firstValue, i * inputs, attention.values, i * width)
    }
    attention.forward(w)
    for i in 0..<sites {
      for n in 0..<width {
        firstValue[i * inputs + step.first.outputs + n] = attention.mixed[i * width + n]
      }
    }
  }

  /// The second layer; returns `start` and the rest of the site's part of H_eff.
  func secondLayer(_ i: Int, _ w: WeightBuffer, _ start: Lanes = .zero) -> Lanes {
    var energy = start
    let width = step.second.outputs
    step.second.forward(w, firstValue, i * step.second.inputs, second, i * width)
    for o in 0..<width {
      let z = smoothRamp(second[i * width + o])
      values[i * width + o] = z
      energy.addProduct(Lanes(repeating: w[step.out.lowerBound + o]), z)
    }
    return energy
  }

  /// v_c = sum_m gate_cm u_m into the channels of the next step.
  func passOn(_ i: Int, _ w: WeightBuffer, to next: StepBuffers) {
    guard let gate = step.gates else { return }
    let at = i * gate.outputs
    gate.forward(w, values, i * step.second.outputs, gates, at)
    for c in 0..<next.step.channels {
      var v = LaneVector.zero
      for m in 0..<step.vectors {
        unsafe v.add(gates[at + c * step.vectors + m], vectors.vector(i * step.vectors + m))
      }
      unsafe next.channels[c].setVector(i, v)
    }
  }
}
