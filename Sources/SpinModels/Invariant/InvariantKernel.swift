internal import MonteCarlo

/// Forward and backward pass of the invariant network over all sites.
final class InvariantKernel: LaneKernel {
  private let table: ShellTable
  private let weights: WeightBuffer
  private let steps: [StepBuffers]
  private let space: SiteGradients

  init(_ table: ShellTable, _ layout: InvariantLayout) {
    self.table = table
    weights = WeightBuffer(layout.buffer.values.count)
    steps = layout.steps.map { StepBuffers($0, table) }
    space = SiteGradients(layout.steps)
  }

  var sites: Int { table.sites }
  var parameterCount: Int { weights.count }
  func load(_ parameters: Span<Double>) { weights.load(parameters) }

  func forward(_ spins: LaneBuffer) -> Lanes {
    steps[0].channels[0].copy(spins)
    var energy = Lanes(repeating: weights[0])
    for n in steps.indices {
      let step = steps[n]
      for c in step.channels.indices { table.shellSums(step.channels[c], into: step.sums[c]) }
      step.makeVectors(weights, coordination: table.coordination)
      let previous = n > 0 ? steps[n - 1] : nil
      if step.attention != nil {
        for i in 0..<sites { energy += step.firstLayer(i, weights, previous: previous) }
        step.attend(weights)
      }
      for i in 0..<sites {
        energy +=
          step.attention == nil
          ? step.energy(i, weights, previous: previous) : step.secondLayer(i, weights)
        if n + 1 < steps.count { step.passOn(i, weights, to: steps[n + 1]) }
      }
    }
    return energy
  }

  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    parameters[0] += scale
    for step in steps { step.clearGradients() }
    for n in steps.indices.reversed() {
      let step = steps[n]
      let previous = n > 0 ? steps[n - 1] : nil
      for i in 0..<sites {
        if n + 1 < steps.count {
          step.goBackThroughGates(i, weights, from: steps[n + 1], space, into: parameters)
        }
        step.goBackThroughSecond(i, weights, scale: scale, space, into: parameters)
      }
      step.goBackThroughAttention(weights, space, into: parameters)
      for i in 0..<sites {
        step.goBackThroughFirst(
          i, weights, scale: scale, previous: previous, space, into: parameters)
      }
      step.goBackThroughVectors(weights, table, into: parameters)
    }
    let dSpins = steps[0].dChannels[0]
    for i in 0..<field.count { field[i] += dSpins[i] }
  }
}
