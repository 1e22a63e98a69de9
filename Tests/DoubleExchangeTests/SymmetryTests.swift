import DoubleExchange
import Foundation
import Lattice
import MonteCarlo
import Randomness
import Testing

@Suite("Symmetries of ln W and of the forces")
struct SymmetryTests {
  static let lattices = [[4, 4], [4, 2], [3, 5], [1, 4], [6, 6]]

  @Test("translations and the point group", arguments: lattices)
  func lattice(extents: [Int]) throws {
    let system = try system(extents, mu: -0.3)
    let field = randomField(system, seed: 11)
    let elements = system.lattice.translations + system.lattice.pointGroup
    for element in elements {
      expectInvariance(system, field, sites: element) { $0 }
    }
  }

  @Test("rotations, reflections and inversion of all spins", arguments: lattices, [1.0, -1.0])
  func spins(extents: [Int], parity: Double) throws {
    let system = try system(extents, mu: 0.2)
    var random = stream(12)
    for seed in 13..<18 as Range<UInt64> {
      let q = rotation(using: &random)
      expectInvariance(
        system, randomField(system, seed: seed), sites: Array(0..<system.lattice.sites)
      ) { spin in parity * q[0] * spin.x + parity * q[1] * spin.y + parity * q[2] * spin.z }
    }
  }

  @Test("mu -> -mu on an even lattice: ln W changes by 2N mu / T")
  func particleHole() throws {
    let (plus, minus) = (try system([4, 4], mu: 0.4), try system([4, 4], mu: -0.4))
    let field = randomField(plus, seed: 19)
    let difference =
      DoubleExchangeWeight(plus).logWeight(field) - DoubleExchangeWeight(minus).logWeight(field)
    #expect(abs(difference - 32 * 0.4 / 0.05) < 1e-9)
  }

  @Test("levels come in pairs +-E exactly when the system says so")
  func pairs() throws {
    for (extents, hopping, paired) in [
      ([4, 2], 1.0, true), ([3, 4], 1.0, false), ([3, 3], 0.0, true),
    ] {
      let system = try system(extents, hopping: hopping)
      #expect(system.hasPairedLevels == paired)
      let levels = DoubleExchangeWeight(system).levels(of: randomField(system, seed: 20))
      let asymmetry = zip(levels, levels.reversed()).map { abs($0 + $1) }.max() ?? 1
      #expect((asymmetry < 1e-12) == paired)
    }
    #expect(try !system([4, 4], mu: 0.1).hasPairedLevels)
  }
}

/// ln W(g S) = ln W(S) and force(g S) = g force(S).
private func expectInvariance(
  _ system: DoubleExchangeSystem, _ field: Field, sites: [Int],
  spin transform: (SIMD3<Double>) -> SIMD3<Double>
) {
  let weight = DoubleExchangeWeight(system)
  var image = field
  for site in 0..<field.places { image.setSpin(transform(field.spin(at: site)), at: sites[site]) }
  var (force, imageForce) = ([Double](), [Double]())
  let value = weight.force(field, into: &force)
  #expect(abs(weight.force(image, into: &imageForce) - value) < 1e-10)
  let (a, b) = (
    Field(places: field.places, components: 3, values: force),
    Field(places: field.places, components: 3, values: imageForce)
  )
  for site in 0..<field.places {
    let difference = transform(a.spin(at: site)) - b.spin(at: sites[site])
    #expect(abs(difference).max() < 1e-9)
  }
}

extension SIMD3<Double> {
  fileprivate static func cross(_ a: Self, _ b: Self) -> Self {
    [a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x]
  }
}

private func abs(_ v: SIMD3<Double>) -> SIMD3<Double> { v.replacing(with: -v, where: v .< 0) }

/// A random rotation as the images of the axes.
private func rotation(using random: inout RandomStream) -> [SIMD3<Double>] {
  let a = random.unitVector()
  let c = random.unitVector()
  var b = c - (a * c).sum() * a
  b /= (b * b).sum().squareRoot()
  return [a, b, .cross(a, b)]
}
