import Foundation
import Randomness
import Testing

/// Statistical checks stand at five standard deviations: 6e-7 each, below 2e-5 for the suite.
@Suite("Distributions")
struct DistributionTests {
  private let count = 200_000

  private func expectMean(_ values: [Double], _ expected: Double, variance: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    #expect(abs(mean - expected) < 5 * (variance / Double(values.count)).squareRoot())
  }

  @Test("uniform numbers: range, mean, square and lag-one product")
  func uniform() {
    var random = RandomStream(key: 1, nonce: 1)
    let x = (0..<count).map { _ in random.uniform() }
    #expect(x.allSatisfy { $0 >= 0 && $0 < 1 })
    expectMean(x, 0.5, variance: 1.0 / 12)
    expectMean(x.map { $0 * $0 }, 1.0 / 3, variance: 4.0 / 45)
    expectMean(zip(x, x.dropFirst()).map { ($0 - 0.5) * ($1 - 0.5) }, 0, variance: 1.0 / 144)
    let open = (0..<count).map { _ in random.uniformOpen() }
    #expect(open.allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test("normal numbers: moments up to the fourth, independent within a pair")
  func normal() {
    var random = RandomStream(key: 2, nonce: 1)
    let pairs = (0..<count).map { _ in random.normalPair() }
    let x = pairs.map(\.0)
    expectMean(x, 0, variance: 1)
    expectMean(pairs.map(\.1), 0, variance: 1)
    expectMean(x.map { $0 * $0 }, 1, variance: 2)
    expectMean(x.map { $0 * $0 * $0 * $0 }, 3, variance: 96)
    expectMean(pairs.map { $0.0 * $0.1 }, 0, variance: 1)
    expectMean(pairs.map { $0.0 * $0.0 * $0.1 * $0.1 }, 1, variance: 8)
  }

  @Test("unit vectors: norm 1, every axis alike, no correlation of axes")
  func sphere() {
    var random = RandomStream(key: 3, nonce: 1)
    let vectors = (0..<count).map { _ in random.unitVector() }
    #expect(vectors.allSatisfy { abs(($0 * $0).sum() - 1) < 1e-14 })
    for axis in 0..<3 {
      expectMean(vectors.map { $0[axis] }, 0, variance: 1.0 / 3)
      expectMean(vectors.map { $0[axis] * $0[axis] }, 1.0 / 3, variance: 4.0 / 45)
      expectMean(vectors.map { $0[axis] * $0[(axis + 1) % 3] }, 0, variance: 1.0 / 15)
    }
  }

  @Test("indices are uniform", arguments: [1, 2, 7, 36])
  func indices(bound: Int) {
    var random = RandomStream(key: 4, nonce: UInt64(bound))
    var counts = [Double](repeating: 0, count: bound)
    for _ in 0..<count { counts[random.index(below: bound)] += 1 }
    let expected = Double(count) / Double(bound)
    for n in counts { #expect(abs(n - expected) <= 5 * expected.squareRoot()) }
  }

  @Test("permutations: every order of three equally often")
  func permutations() {
    var random = RandomStream(key: 5, nonce: 1)
    var counts: [[Int]: Double] = [:]
    for _ in 0..<60_000 { counts[random.permutation(of: 3), default: 0] += 1 }
    #expect(counts.count == 6)
    for (order, n) in counts {
      #expect(order.sorted() == [0, 1, 2])
      #expect(abs(n - 10_000) < 5 * (60_000.0 * 5 / 36).squareRoot())
    }
    #expect(random.permutation(of: 0).isEmpty)
  }
}
