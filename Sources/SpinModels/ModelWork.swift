public import Lattice
internal import LinearAlgebra

extension LinearModel {
  public func multiplications(on lattice: Torus) -> Int { 3 * shells * lattice.sites }
}

extension AttentionModel {
  /// Smearing, scores and mixtures of every layer, then the couplings.
  public func multiplications(on lattice: Torus) -> Int {
    let n = lattice.sites
    let head = 9 * (architecture.smearingShells + 1) * n + 6 * n * n
    return architecture.layers * architecture.heads * head + 3 * architecture.couplingShells * n
  }
}

extension InvariantNetwork {
  public func multiplications(on lattice: Torus) -> Int {
    let perSite = layout.steps.reduce(0) { sum, step in
      let gates = step.gates.map { $0.inputs * $0.outputs + 3 * $0.outputs } ?? 0
      let attention =
        step.attention.map {
          $0.width * (3 * $0.query.inputs + 2 * lattice.sites)
        } ?? 0
      return sum + 3 * (step.pairs.count + step.mixing.count) + step.first.weights.count
        + step.second.weights.count + step.skip.count + step.out.count + gates + attention
    }
    return perSite * lattice.sites
  }
}

extension ConvolutionalNetwork {
  public func multiplications(on lattice: Torus) -> Int {
    (layout.first.weights.count + layout.second.weights.count + layout.out.count) * lattice.sites
  }
}

extension PlainTransformer {
  public func multiplications(on lattice: Torus) -> Int {
    let n = lattice.sites
    let blocks = layout.blocks.reduce(0) { sum, block in
      let dense = [
        block.query, block.key, block.value, block.output, block.first, block.second,
      ].reduce(0) { $0 + $1.weights.count }
      return sum + n * dense + 2 * n * n * architecture.width
    }
    return blocks + n * (layout.embedding.weights.count + layout.out.count)
  }
}

extension FermionWindow {
  /// A Hermitian eigenproblem of order m as (4/3) m^3 complex products, V and its second order.
  public func multiplications(on lattice: Torus) -> Int {
    let waves = PlaneWaves(
      lattice, hopping: architecture.hopping, chemicalPotential: architecture.chemicalPotential,
      window: architecture.window)
    let (n, m) = (lattice.sites, 2 * waves.inside.columns)
    let fermions = 16 * m * m * m / 3 + 3 * n * n * m / 2 + 4 * m * m * (2 * n - m)
    let pairs = 3 * architecture.couplingShells * n
    return fermions + pairs + (network?.multiplications(on: lattice) ?? 0)
  }
}
