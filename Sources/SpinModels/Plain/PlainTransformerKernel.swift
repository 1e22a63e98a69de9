internal import Lattice
internal import MonteCarlo

/// Forward and backward pass of the plain transformer.
final class PlainTransformerKernel: LaneKernel {
  let sites: Int
  private let layout: TransformerLayout
  private let weights: WeightBuffer
  private let blocks: [TransformerBlock]
  private let tokens: LaneBuffer
  private let dTokens: LaneBuffer
  private let dToken: LaneBuffer
  private let dSpin: LaneBuffer

  init(_ lattice: Torus, home: Torus, _ layout: TransformerLayout) {
    sites = lattice.sites
    self.layout = layout
    weights = WeightBuffer(layout.buffer.values.count)
    let displacements = Self.displacements(lattice, home: home)
    blocks = layout.blocks.map { TransformerBlock($0, displacements, sites: lattice.sites) }
    let width = layout.embedding.outputs
    tokens = LaneBuffer(lattice.sites * width)
    dTokens = LaneBuffer(lattice.sites * width)
    dToken = LaneBuffer(width)
    dSpin = LaneBuffer(3)
  }

  /// j - i as a site of the home lattice, for all pairs; what is farther than it reaches counts as
  /// its largest displacement in that direction.
  private static func displacements(_ lattice: Torus, home: Torus) -> [Int] {
    (0..<lattice.sites).flatMap { i in
      let from = lattice.coordinates(of: i)
      return (0..<lattice.sites).map { j in
        let steps = zip(lattice.coordinates(of: j), from).map { $0 - $1 }
        return home.site(
          at: steps.indices.map { axis in
            let (extent, reach) = (lattice.extents[axis], home.extents[axis] / 2)
            let turned = (steps[axis] % extent + extent) % extent
            let shortest = turned > extent / 2 ? turned - extent : turned
            return max(-reach, min(reach, shortest))
          })
      }
    }
  }

  var parameterCount: Int { weights.count }
  private var width: Int { layout.embedding.outputs }
  func load(_ parameters: Span<Double>) { weights.load(parameters) }

  func forward(_ spins: LaneBuffer) -> Lanes {
    for i in 0..<sites { layout.embedding.forward(weights, spins, 3 * i, tokens, i * width) }
    for block in blocks { block.forward(weights, tokens) }
    var energy = Lanes(repeating: weights[0])
    for i in 0..<sites {
      for n in 0..<width {
        energy.addProduct(
          Lanes(repeating: weights[layout.out.lowerBound + n]), tokens[i * width + n])
      }
    }
    return energy
  }

  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    parameters[0] += scale
    for i in 0..<sites {
      for n in 0..<width {
        let p = layout.out.lowerBound + n
        parameters[p].addProduct(scale, tokens[i * width + n])
        dTokens[i * width + n] = scale * weights[p]
      }
    }
    for block in blocks.reversed() { block.backward(weights, dTokens, into: parameters) }
    for i in 0..<sites {
      for n in 0..<width { dToken[n] = dTokens[i * width + n] }
      dSpin.clear()
      layout.embedding.backward(weights, spins, 3 * i, dy: dToken, dx: dSpin, into: parameters)
      for c in 0..<3 { field[3 * i + c] += dSpin[c] }
    }
  }
}
