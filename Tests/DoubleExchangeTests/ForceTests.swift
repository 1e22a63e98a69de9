import DoubleExchange
import MonteCarlo
import Testing

@Suite("Forces")
struct ForceTests {
  @Test(
    "Hellmann-Feynman against central differences",
    arguments: [([4, 4], 1.0, 0.0, 0.05), ([3, 2], 2.5, 0.4, 0.2), ([1, 3], -1.0, -0.5, 1.0)])
  func differences(point: ([Int], Double, Double, Double)) throws {
    let system = try system(
      point.0, coupling: point.1, mu: point.2, temperature: point.3)
    let weight = DoubleExchangeWeight(system)
    let field = randomField(system, seed: 21)
    var gradient: [Double] = []
    let value = weight.force(field, into: &gradient)
    #expect(abs(value - weight.logWeight(field)) < 1e-10)
    // The matrix is linear in the components, so they may leave the sphere: error O(h^4) by the
    // five-point formula, rounding 1e-13 / h.
    let h = 1e-3
    for component in gradient.indices {
      let at = { (shift: Double) in
        var moved = field
        moved.values[component] += shift * h
        return weight.logWeight(moved)
      }
      let numerical = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * h)
      #expect(abs(numerical - gradient[component]) < 2e-7 * (1 + abs(gradient[component])))
    }
  }

  @Test("an ordered field feels no torque")
  func equilibrium() throws {
    let system = try system([4, 4])
    var gradient: [Double] = []
    for staggered in [false, true] {
      _ = DoubleExchangeWeight(system).force(
        orderedField(system, staggered: staggered), into: &gradient)
      for site in 0..<16 {
        #expect(abs(gradient[3 * site]) < 1e-11 && abs(gradient[3 * site + 1]) < 1e-11)
      }
    }
  }
}
