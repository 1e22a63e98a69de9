import LinearAlgebra
import Randomness
import Statistics
import Testing

/// Arrays of means whose covariance is known: x = A u with independent AR(1) series u.
@Suite struct ArrayTests {
  private static let mixing = [
    [1.0, 0, 0, 0.2], [0.8, 0.6, 0, 0], [0, 0.5, 1, 0], [0.3, 0, 0.9, 1],
  ]
  private static let times = [2.0, 2, 4, 1]

  /// n times the covariance of the means: sum_k A_ik A_jk 2 tau_k.
  private static func exact(_ i: Int, _ j: Int) -> Double {
    times.indices.reduce(0) { $0 + mixing[i][$1] * mixing[j][$1] * 2 * times[$1] }
  }

  private func entries(
    _ steps: Int, replicas: Int = 2, using random: inout RandomStream
  ) -> [[[Double]]] {
    let parts = (0..<replicas).map { _ in
      Self.times.map { AutoregressiveSeries(tau: $0).sample(steps, using: &random) }
    }
    return Self.mixing.map { row in
      parts.map { part in
        (0..<steps).map { t in row.indices.reduce(0) { $0 + row[$1] * part[$1][t] } }
      }
    }
  }

  @Test func theCovarianceIsThatOfTheMeans() throws {
    var random = RandomStream(key: 31, nonce: 1)
    let assessment = try ArrayAssessment(entries(40_000, using: &random))
    let found = try #require(assessment.covariance)
    #expect(found.blocks > 300 && found.blockLength > 80)
    for i in 0..<4 {
      #expect(found.values[i, i] == assessment.components[i].error * assessment.components[i].error)
      for j in 0..<4 {
        let size = (Self.exact(i, i) * Self.exact(j, j)).squareRoot()
        // Five errors of a correlation from so many blocks, and 3 % of the errors on the diagonal.
        let room = 5 / Double(found.blocks).squareRoot() + 0.06
        #expect(abs(found.values[i, j] * 80_000 - Self.exact(i, j)) < room * size, "\(i) \(j)")
      }
    }
    // n^2 / sum R^2 of the exact correlations.
    let squares = (0..<16).reduce(0.0) {
      let (i, j) = ($1 / 4, $1 % 4)
      return $0 + Self.exact(i, j) * Self.exact(i, j) / (Self.exact(i, i) * Self.exact(j, j))
    }
    #expect(abs(found.effectiveRank - 16 / squares) < 0.25)
  }

  /// m C^-1 m of means whose truth is 0, with C from B blocks, is Hotelling's T^2:
  /// (B - p) / (p (B - 1)) T^2 follows F(p, B - p). Of 300 runs 5 % lie beyond its 5 % point, within
  /// three binomial errors of 1.3 %.
  @Test func chiSquaredOfTheMeansHasItsRate() throws {
    var random = RandomStream(key: 31, nonce: 2)
    var beyond = 0
    for _ in 0..<300 {
      let assessment = try ArrayAssessment(entries(2000, using: &random))
      let found = try #require(assessment.covariance)
      let means = assessment.components.map(\.mean)
      let solution = try Cholesky(found.values).solve(means)
      let square = zip(means, solution).reduce(0) { $0 + $1.0 * $1.1 }
      let (p, blocks) = (Double(means.count), Double(found.blocks))
      let tail = fisherTail(
        square * (blocks - p) / (p * (blocks - 1)), degreesOfFreedom: means.count,
        denominator: blocks - p)
      if tail < 0.05 { beyond += 1 }
    }
    #expect((4...27).contains(beyond), "\(beyond) of 300")
  }

  /// 20 entries, 100 sound arrays: one in a hundred is doubted, so more than 4 have a chance of 0.4 %.
  @Test func soundArraysAreBelieved() throws {
    var random = RandomStream(key: 31, nonce: 3)
    var doubted = 0
    for _ in 0..<100 {
      let entries = (0..<20).map { _ in
        (0..<2).map { _ in AutoregressiveSeries(tau: 2).sample(600, using: &random) }
      }
      if try !ArrayAssessment(entries).isConverged { doubted += 1 }
    }
    #expect(doubted <= 4, "\(doubted) of 100")
  }

  /// The mark belongs to the entry.
  @Test func theMarkBelongsToTheEntry() throws {
    var random = RandomStream(key: 31, nonce: 4)
    var entries = entries(2000, using: &random)
    for replica in 0..<2 {
      for t in 0..<400 { entries[2][replica][t] += 5 * (1 - Double(t) / 400) }
    }
    let assessment = try ArrayAssessment(entries)
    #expect(assessment.components.map(\.reasons.isEmpty) == [true, true, false, true])
    #expect(!assessment.isConverged)
    #expect(assessment.components[2].reasons.contains { $0.contains("drifts") })
  }

  @Test func whatStandsStillHasNoError() throws {
    var random = RandomStream(key: 31, nonce: 5)
    let moving = (0..<2).map { _ in AutoregressiveSeries(tau: 1).sample(500, using: &random) }
    let still = [[Double]](repeating: [Double](repeating: 0.25, count: 500), count: 2)
    let stuck = [[Double](repeating: 1, count: 500), [Double](repeating: 2, count: 500)]
    let assessment = try ArrayAssessment([moving, still, stuck])
    #expect(assessment.components[1].mean == 0.25 && assessment.components[1].error == 0)
    #expect(assessment.components[1].tau == nil && assessment.components[1].reasons.isEmpty)
    #expect(assessment.components[2].reasons == ["every replica is stuck at a value of its own"])
    let found = try #require(assessment.covariance)
    #expect(found.values[0, 1] == 0 && found.values[1, 1] == 0 && found.correlation[0, 2] == 0)
    #expect(try ArrayAssessment([still]).covariance == nil)
  }

  @Test func badInput() {
    #expect(throws: SeriesError.notFinite(replica: 0, index: 3)) {
      try ArrayAssessment([[[1, 2, 3, .nan, 5, 6, 7, 8]]])
    }
    #expect(throws: SeriesError.tooShort(replica: 0, length: 3, needed: 8)) {
      try ArrayAssessment([[[1, 2, 3]]])
    }
  }
}
