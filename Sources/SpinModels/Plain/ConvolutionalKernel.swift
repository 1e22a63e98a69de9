internal import MonteCarlo

/// Forward and backward pass of the convolutional control, site by site.
final class ConvolutionalKernel: LaneKernel {
  private let layout: ConvolutionalLayout
  /// The spins of the patch of every site, site after site.
  private let patches: [[Int]]
  private let weights: WeightBuffer
  private let inputs: LaneBuffer
  private let first: LaneBuffer
  private let firstValue: LaneBuffer
  private let second: LaneBuffer
  private let dInputs: LaneBuffer
  private let dFirst: LaneBuffer
  private let dSecond: LaneBuffer

  init(_ table: ShellTable, _ layout: ConvolutionalLayout) {
    self.layout = layout
    patches = (0..<table.sites).map { i in
      (0..<table.shells).flatMap { k in
        let start = table.starts[k] + i * table.coordination[k]
        return table.neighbours[start..<(start + table.coordination[k])]
      }
    }
    weights = WeightBuffer(layout.buffer.values.count)
    inputs = LaneBuffer(table.sites * layout.first.inputs)
    first = LaneBuffer(table.sites * layout.first.outputs)
    firstValue = LaneBuffer(table.sites * layout.first.outputs)
    second = LaneBuffer(table.sites * layout.second.outputs)
    dInputs = LaneBuffer(layout.first.inputs)
    dFirst = LaneBuffer(layout.first.outputs)
    dSecond = LaneBuffer(layout.second.outputs)
  }

  var sites: Int { patches.count }
  var parameterCount: Int { weights.count }
  func load(_ parameters: Span<Double>) { weights.load(parameters) }

  func forward(_ spins: LaneBuffer) -> Lanes {
    var energy = Lanes(repeating: weights[0])
    for i in 0..<sites {
      let (at, middle) = (i * layout.first.inputs, i * layout.first.outputs)
      let top = i * layout.second.outputs
      for (n, j) in patches[i].enumerated() {
        for c in 0..<3 { inputs[at + 3 * n + c] = spins[3 * j + c] }
      }
      layout.first.forward(weights, inputs, at, first, middle)
      for o in 0..<layout.first.outputs { firstValue[middle + o] = smoothRamp(first[middle + o]) }
      layout.second.forward(weights, firstValue, middle, second, top)
      for o in 0..<layout.second.outputs {
        let weight = Lanes(repeating: weights[layout.out.lowerBound + o])
        energy.addProduct(weight, smoothRamp(second[top + o]))
      }
    }
    return energy
  }

  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    parameters[0] += scale
    for i in 0..<sites {
      let middle = i * layout.first.outputs
      for o in 0..<layout.second.outputs {
        let (p, x) = (layout.out.lowerBound + o, second[i * layout.second.outputs + o])
        parameters[p].addProduct(scale, smoothRamp(x))
        dSecond[o] = scale * weights[p] * smoothRampSlope(x)
      }
      dFirst.clear()
      layout.second.backward(
        weights, firstValue, middle, dy: dSecond, dx: dFirst, into: parameters)
      for o in 0..<layout.first.outputs { dFirst[o] *= smoothRampSlope(first[middle + o]) }
      dInputs.clear()
      layout.first.backward(
        weights, inputs, i * layout.first.inputs, dy: dFirst, dx: dInputs, into: parameters)
      for (n, j) in patches[i].enumerated() {
        for c in 0..<3 { field[3 * j + c] += dInputs[3 * n + c] }
      }
    }
  }
}
