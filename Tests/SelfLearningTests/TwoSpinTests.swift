import DoubleExchange
import Glibc
import Lattice
import MonteCarlo
import Randomness
import SelfLearning
import SpinModels
import Statistics
import Testing

/// Two spins with fermions: ln W depends on u = S0 . S1 alone, whose density ~ W(u) is known.
@Suite struct TwoSpinTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let couplings: [Double]
    let inner: InnerAlgorithm
    let thinning: Int
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "fitting", couplings: [-0.05], inner: .local(overrelaxation: 0), thinning: 4),
    Row(name: "wrong sign", couplings: [0.3], inner: .local(overrelaxation: 0), thinning: 40),
    Row(name: "over-relaxed", couplings: [-0.1], inner: .local(overrelaxation: 2), thinning: 8),
    Row(name: "hybrid", couplings: [-0.1], inner: .hamiltonian(leapfrogSteps: 3), thinning: 6),
  ]

  /// Each row fails once in 10,000 runs with other seeds.
  @Test(arguments: rows) func histogramMatchesQuadrature(row: Row) throws {
    let system = try DoubleExchangeSystem(
      extents: [2, 1], hopping: 1, coupling: 2, chemicalPotential: 0.3, temperature: 0.1)
    var parameters = SelfLearningParameters()
    parameters.inner = row.inner
    parameters.innerLength = .fixed(6)
    let chain = try SelfLearningChain(
      system: system, models: [LinearModel(offset: 0, couplings: row.couplings)],
      parameters: parameters,
      random: RandomStream(key: 31, nonce: 1))
    try chain.thermalise()
    var samples: [Double] = []
    var rows: [Double] = []
    for _ in 0..<4000 {
      for _ in 0..<row.thinning {
        rows.removeAll(keepingCapacity: true)
        chain.advance(into: &rows)
      }
      samples.append((chain.field.vector(0) * chain.field.vector(1)).sum())
    }
    let weight = DoubleExchangeWeight(system)
    let middle = weight.logWeight(pair(0))
    let histogram = Histogram(of: samples) { exp(weight.logWeight(pair($0)) - middle) }
    #expect(histogram.probability > 1e-4, "\(histogram)")
    // The density is far from flat, or the test would say nothing.
    #expect(abs(samples.reduce(0, +) / 4000) > 0.1)
  }

  private func pair(_ u: Double) -> Field {
    Field(places: 2, components: 3, values: [0, 0, 1, max(0, 1 - u * u).squareRoot(), 0, u])
  }

  @Test func modelOfAnotherLattice() throws {
    let system = try DoubleExchangeSystem(
      extents: [2, 1], hopping: 1, coupling: 2, chemicalPotential: 0, temperature: 0.1)
    #expect(throws: FieldError.self) {
      try SelfLearningChain(
        system: system, models: [LinearModel(offset: 0, couplings: [1, 1, 1])],
        random: RandomStream(key: 1, nonce: 1))
    }
  }
}
