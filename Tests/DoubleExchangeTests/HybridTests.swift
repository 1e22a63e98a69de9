import DoubleExchange
import Foundation
import MonteCarlo
import Randomness
import Testing

@Suite("Hybrid Monte Carlo on the spheres")
struct HybridTests {
  /// Independent configurations by rejection, one trajectory each, and the flows between eight
  /// cells of S_1 . S_2. A reversible update balances them in pairs: chi-squared with 28 degrees of
  /// freedom, beyond 75 lies 4e-6 of it.
  @Test("trajectories balance the flows between relative angles", arguments: [1, 5])
  func flows(steps: Int) throws {
    let system = try system([2, 1], coupling: 6, mu: -0.4, temperature: 0.4)
    let weight = DoubleExchangeWeight(system)
    var random = stream(111)
    let top = max(
      weight.logWeight(orderedField(system)),
      weight.logWeight(orderedField(system, staggered: true)))
    let settings = ExactChainSettings(
      method: .hmc, thermalisation: 0, trajectorySteps: steps)
    var flows = [[Double]](repeating: [Double](repeating: 0, count: 8), count: 8)
    var drawn: UInt64 = 0
    var moved = 0.0
    while drawn < 4000 {
      let field = system.randomField(using: &random)
      let logWeight = weight.logWeight(field)
      #expect(logWeight <= top + 1e-9)
      guard log(random.uniformOpen()) < logWeight - top else { continue }
      drawn += 1
      let chain = try RecordingChain(
        system, settings: settings, start: field, random: random.substream(drawn))
      moved += chain.updater.sweep()
      flows[cell(field)][cell(chain.field)] += 1
    }
    var chiSquared = 0.0
    for a in 0..<8 {
      for b in 0..<a where flows[a][b] + flows[b][a] > 0 {
        let difference = flows[a][b] - flows[b][a]
        chiSquared += difference * difference / (flows[a][b] + flows[b][a])
      }
    }
    #expect(chiSquared < 75)
    #expect(moved > 2000)
    // The cells must be crossed for the test to mean anything.
    #expect((0..<8).reduce(0) { $0 + flows[$1][$1] } < 3900)
  }

  private func cell(_ field: Field) -> Int {
    let cosine = (field.spin(at: 0) * field.spin(at: 1)).sum()
    return min(7, max(0, Int(4 * (cosine + 1))))
  }

  @Test("spins stay on the sphere along thousands of steps")
  func norms() throws {
    let system = try system([3, 2], temperature: 0.1)
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(method: .hmc, thermalisation: 50, trajectorySteps: 30),
      random: stream(112))
    for _ in 0..<100 { _ = chain.updater.sweep() }
    for site in 0..<6 {
      let spin = chain.field.spin(at: site)
      #expect(abs((spin * spin).sum() - 1) < 1e-13)
    }
  }

  /// The error of a leapfrog trajectory is of second order in the step: more, shorter steps of a
  /// frozen width accept more.
  @Test("the energy error is small at the tuned step")
  func energyError() throws {
    let system = try system([4, 4], temperature: 0.05)
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(method: .hmc, thermalisation: 300),
      random: stream(113))
    chain.thermalise()
    for _ in 0..<200 { _ = chain.updater.sweep() }
    // erfc(sqrt(<dH^2>) / (2 sqrt 2)) of 0.8 asks for an error of about one half.
    #expect(fact(chain, "energyError") < 2)
    #expect(fact(chain, "acceptanceTrajectory") > 0.6)
  }
}
