internal import Lattice
package import MonteCarlo
package import Randomness

/// The three ways to propose a new spin, and how often each was accepted.
package enum ProposalKind: Int, Sendable, CaseIterable {
  case fresh, rotation, reflection
}

/// Draws proposals for single spins. The densities are symmetric, q(S'|S) = q(S|S').
package struct SpinProposer: Sendable {
  let mix: ProposalMix
  /// Width of the rotation: S' is S plus an isotropic normal vector of this width, normalised, so
  /// the density depends on S . S' alone.
  package var step: Double
  private let neighbours: [Int]
  private let offsets: [Int]

  package init(_ system: DoubleExchangeSystem, mix: ProposalMix, step: Double = 0.5) {
    self.mix = mix
    self.step = step
    var lists = [[Int]](repeating: [], count: system.lattice.sites)
    for bond in system.lattice.bonds where bond.from != bond.to {
      lists[bond.from].append(bond.to)
      lists[bond.to].append(bond.from)
    }
    neighbours = lists.flatMap { $0 }
    offsets = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  package func propose(
    at site: Int, of field: borrowing Field, using random: inout RandomStream
  ) -> (spin: SIMD3<Double>, kind: ProposalKind) {
    let kind = kind(using: &random)
    let spin = field.spin(at: site)
    switch kind {
    case .fresh: return (random.unitVector(), kind)
    case .rotation:
      let (x, y) = random.normalPair()
      let z = random.normalPair().0
      return (normalised(spin + step * SIMD3(x, y, z)), kind)
    case .reflection: return (reflected(spin, at: site, of: field), kind)
    }
  }

  private func kind(using random: inout RandomStream) -> ProposalKind {
    if mix.rotation == 0 && mix.reflection == 0 { return .fresh }
    let choice = random.uniform() * (mix.fresh + mix.rotation + mix.reflection)
    if choice < mix.fresh { return .fresh }
    return choice < mix.fresh + mix.rotation ? .rotation : .reflection
  }

  /// 2 (S . h) h / h^2 - S with h the sum of the neighbours: an involution, as h excludes S itself.
  private func reflected(
    _ spin: SIMD3<Double>, at site: Int, of field: borrowing Field
  ) -> SIMD3<Double> {
    var h = SIMD3<Double>(repeating: 0)
    for at in offsets[site]..<offsets[site + 1] { h += field.spin(at: neighbours[at]) }
    let norm = (h * h).sum()
    guard norm > 1e-24 else { return spin }
    return normalised((2 * (spin * h).sum() / norm) * h - spin)
  }
}

func normalised(_ v: SIMD3<Double>) -> SIMD3<Double> { v / (v * v).sum().squareRoot() }
