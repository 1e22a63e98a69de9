import DoubleExchange
import Foundation
import MonteCarlo
import Randomness

/// ln W by determinants on the ring of slices against a values-only diagonalisation.
func benchLogWeight(_ arguments: [String]) throws {
  print("  lattice    mu   levels/ms   determinants/ms   ratio   difference of ln W")
  let chosen = arguments.compactMap { Int($0) }
  for mu in [0.0, 0.3] {
    var points: [(Double, Double, Double)] = []
    for extent in chosen.isEmpty ? [2, 3, 4, 5, 6, 8, 10, 12, 16, 20] : chosen {
      let system = try DoubleExchangeSystem(
        extents: [extent, extent], hopping: 1, coupling: 1, chemicalPotential: mu,
        temperature: 0.05)
      var random = RandomStream(key: 3, nonce: 4)
      let field = system.randomField(using: &random)
      let dense = DoubleExchangeWeight(system, route: .levels)
      let ring = DoubleExchangeWeight(system, route: .determinants)
      let repetitions = max(3, 40_000_000 / (system.states * system.states * system.states))
      var (slow, fast) = ([Double](), [Double]())
      for _ in 0..<3 {
        slow.append(seconds { for _ in 0..<repetitions { _ = dense.logWeight(field) } })
        fast.append(seconds { for _ in 0..<repetitions { _ = ring.logWeight(field) } })
      }
      let (a, b) = (slow.sorted()[1] / Double(repetitions), fast.sorted()[1] / Double(repetitions))
      points.append((Double(extent * extent), a, b))
      print(
        String(
          format: "%4d x %-4d %4.1f %11.4f %17.4f %7.1f %12.1e", extent, extent, mu, a * 1e3,
          b * 1e3, a / b, abs(dense.logWeight(field) - ring.logWeight(field))))
    }
    if points.count > 4 {
      print(
        String(
          format: "growth with N: levels N^%.2f, determinants N^%.2f",
          growth(points.map { ($0.0, $0.1) }), growth(points.map { ($0.0, $0.2) })))
    }
  }
}
