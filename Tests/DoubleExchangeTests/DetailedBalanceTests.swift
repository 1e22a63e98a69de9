import DoubleExchange
import Foundation
import MonteCarlo
import Randomness
import Testing

@Suite("Detailed balance of the proposals")
struct DetailedBalanceTests {
  /// Cells of the sphere: eight octants.
  private func cell(_ v: SIMD3<Double>) -> Int {
    (v.x > 0 ? 1 : 0) + (v.y > 0 ? 2 : 0) + (v.z > 0 ? 4 : 0)
  }

  /// Independent configurations of the ensemble by rejection, one Metropolis step on one spin, and
  /// the flows between the cells of that spin. With detailed balance n_ab and n_ba have equal means,
  /// so sum (n_ab - n_ba)^2 / (n_ab + n_ba) is chi-squared with 28 degrees of freedom; beyond 75
  /// lies 4e-6 of it.
  @Test("flows between octants balance", arguments: ProposalKind.allCases, [0.6, 4.0])
  func flows(kind: ProposalKind, coupling: Double) throws {
    let system = try system([3, 1], coupling: coupling, mu: -0.4, temperature: 0.4)
    let mix = ProposalMix(
      fresh: kind == .fresh ? 1 : 0, rotation: kind == .rotation ? 1 : 0,
      reflection: kind == .reflection ? 1 : 0)
    let proposer = SpinProposer(system, mix: mix, step: 0.8)
    let weight = DoubleExchangeWeight(system)
    var random = stream(71)
    let top = largestWeight(system, weight, &random)
    var flows = [[Double]](repeating: [Double](repeating: 0, count: 8), count: 8)
    // A fixed second spin breaks the global symmetry that would balance the flows by itself.
    var drawn = 0
    while drawn < 20_000 {
      var field = system.randomField(using: &random)
      field.setSpin([0.6, 0, 0.8], at: 1)
      let old = weight.logWeight(field)
      #expect(old <= top)
      guard log(random.uniformOpen()) < old - top else { continue }
      drawn += 1
      let from = cell(field.spin(at: 0))
      let (spin, drawnKind) = proposer.propose(at: 0, of: field, using: &random)
      #expect(drawnKind == kind)
      var moved = field
      moved.setSpin(spin, at: 0)
      let isAccepted = log(random.uniformOpen()) < weight.logWeight(moved) - old
      flows[from][isAccepted ? cell(spin) : from] += 1
    }
    var chiSquared = 0.0
    for a in 0..<8 {
      for b in 0..<a where flows[a][b] + flows[b][a] > 0 {
        let difference = flows[a][b] - flows[b][a]
        chiSquared += difference * difference / (flows[a][b] + flows[b][a])
      }
    }
    #expect(chiSquared < 75)
    #expect(flows[0][0] < 20_000)
  }

  /// ln W is largest for some ordered or staggered field; random search and a margin suffice here.
  private func largestWeight(
    _ system: DoubleExchangeSystem, _ weight: DoubleExchangeWeight, _ random: inout RandomStream
  ) -> Double {
    var top = -Double.infinity
    for _ in 0..<4000 {
      top = max(top, weight.logWeight(system.randomField(using: &random)))
    }
    return top + 0.1
  }

  @Test("a reflection undoes itself")
  func involution() throws {
    let system = try system([4, 4])
    let proposer = SpinProposer(system, mix: ProposalMix(fresh: 0, rotation: 0, reflection: 1))
    var random = stream(72)
    for site in 0..<16 {
      var field = system.randomField(using: &random)
      let old = field.spin(at: site)
      field.setSpin(proposer.propose(at: site, of: field, using: &random).spin, at: site)
      let back = proposer.propose(at: site, of: field, using: &random).spin - old
      #expect((back * back).sum() < 1e-28)
    }
  }

  @Test("every proposal is a unit vector")
  func norms() throws {
    let system = try system([3, 3])
    let mix = ProposalMix(fresh: 1, rotation: 1, reflection: 1)
    let proposer = SpinProposer(system, mix: mix, step: 2)
    var random = stream(73)
    let field = system.randomField(using: &random)
    for k in 0..<900 {
      let spin = proposer.propose(at: k % 9, of: field, using: &random).spin
      #expect(abs((spin * spin).sum() - 1) < 1e-14)
    }
  }
}
