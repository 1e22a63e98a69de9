import DoubleExchange
import Lattice
import MonteCarlo
import Testing

@Suite("ln W by determinants on the ring of slices")
struct DeterminantTests {
  @Test("the reference file to 1e-9", arguments: try ReferenceCase.all())
  func reference(example: ReferenceCase) throws {
    let weight = DoubleExchangeWeight(try example.system(), route: .determinants)
    #expect(weight.usesDeterminants)
    #expect(abs(weight.logWeight(example.field) - example.logWeight) < 1e-9, "\(example.name)")
  }

  /// Odd and even rings, folded from 1 to 8 slices, with and without paired levels.
  @Test(
    "the diagonalised ln W to 1e-9, any lattice",
    arguments: [
      [1, 1], [1, 2], [2, 1], [2, 2], [3, 1], [3, 3], [4, 4], [5, 4], [4, 5], [6, 2], [8, 3],
      [7], [12], [2, 4, 3], [4, 2, 2], [16, 2],
    ], [0.0, -0.35])
  func levels(extents: [Int], mu: Double) throws {
    let system = try system(extents, hopping: 0.9, coupling: 1.7, mu: mu, temperature: 0.08)
    let (dense, ring) = (
      DoubleExchangeWeight(system, route: .levels),
      DoubleExchangeWeight(system, route: .determinants)
    )
    for seed in 80..<84 as Range<UInt64> {
      let field = randomField(system, seed: seed)
      #expect(abs(dense.logWeight(field) - ring.logWeight(field)) < 1e-9)
    }
  }

  @Test(
    "ordered, staggered and cold fields",
    arguments: [(0.1, 200.0), (1, 200), (8, 200), (8, 1), (1, 0.01)])
  func extremes(coupling: Double, beta: Double) throws {
    let system = try system([6, 6], coupling: coupling, temperature: 1 / beta)
    let (dense, ring) = (
      DoubleExchangeWeight(system, route: .levels),
      DoubleExchangeWeight(system, route: .determinants)
    )
    for field in [
      orderedField(system), orderedField(system, staggered: true), randomField(system, seed: 85),
    ] {
      let value = dense.logWeight(field)
      // Rounding of the levels alone is some 1e-15 of ln W, up to 3e4 here.
      #expect(abs(ring.logWeight(field) - value) < 1e-9 + 2e-13 * abs(value))
    }
  }

  @Test("without hopping, and without coupling")
  func limits() throws {
    for (hopping, coupling) in [(0.0, 2.0), (1.0, 0.0)] {
      let system = try system([4, 4], hopping: hopping, coupling: coupling)
      let field = randomField(system, seed: 86)
      let difference =
        DoubleExchangeWeight(system, route: .levels).logWeight(field)
        - DoubleExchangeWeight(system, route: .determinants).logWeight(field)
      #expect(abs(difference) < 1e-9)
    }
  }

  @Test("the automatic choice: determinants on lattices in use, levels where poles do not suffice")
  func choice() throws {
    for extents in [[4, 4], [6, 6], [12, 12]] {
      #expect(DoubleExchangeWeight(try system(extents)).usesDeterminants)
    }
    let cold = try system([4, 4], temperature: 1e-6)
    #expect(!DoubleExchangeWeight(cold).usesDeterminants)
    #expect(!DoubleExchangeWeight(try system([4, 4]), route: .levels).usesDeterminants)
  }
}
