import Lattice
import MonteCarlo
import Randomness
import SelfLearning
import Testing

@Suite struct ContinuationTests {
  static let algorithms: [InnerAlgorithm] = [
    .local(overrelaxation: 0), .local(overrelaxation: 3), .hamiltonian(leapfrogSteps: 3),
  ]

  /// 60 proposals at once, or 25 and 35 in another chain that started elsewhere: the same bits.
  @Test(arguments: algorithms, [1, 2])
  func splitRunIsBitIdentical(algorithm: InnerAlgorithm, levels: Int) throws {
    let whole = try chain(algorithm, levels: levels, key: 5)
    try whole.thermalise()
    let rows = run(whole, 60)

    let first = try chain(algorithm, levels: levels, key: 5)
    try first.thermalise()
    var parts = run(first, 25)
    let second = try chain(algorithm, levels: levels, key: 99)
    try second.restore(first.state)
    parts += run(second, 35)

    #expect(rows.map(\.bitPattern) == parts.map(\.bitPattern))
    #expect(second.state == whole.state)
    #expect(second.facts == whole.facts)
    #expect(rows.count == 60 * whole.columns.reduce(0) { $0 + $1.width })
  }

  @Test func recordsWhatItSays() throws {
    let chain = try chain(.local(overrelaxation: 0), levels: 2, key: 6)
    try chain.thermalise()
    #expect(
      chain.columns.map(\.name) == [
        "logWeight", "logWeightEffective", "accepted", "logRatio", "innerAcceptance", "innerSweeps",
        "exactEvaluations", "first", "second", "spins",
      ])
    var accepted = 0.0
    for _ in 0..<200 {
      let row = run(chain, 1)
      accepted += row[2]
      #expect(row[5] == 12 && row[6] <= 1 && row[2] <= row[6])
      #expect(Array(row[9...]) == chain.field.values)
      let field = Field(places: 3, components: 3, values: Array(row[9...]))
      #expect(ToyAction(system: ToySystem()).logWeight(field) == row[0])
    }
    #expect(accepted > 20 && accepted < 200)
  }

  /// Timing columns come from the caller's clock and are marked as such.
  @Test func timesWithTheCallersClock() throws {
    let ticks = Ticks()
    let chain = try SelfLearningChain(
      system: ToySystem(), models: [ToyModel(linear: 1)],
      random: RandomStream(key: 1, nonce: 1), clock: { ticks.next() })
    try chain.thermalise()
    let row = run(chain, 1)
    // Seven readings: the row's begin, three in the proposal, two about the measurement, the end.
    #expect(
      chain.columns.filter(\.isTiming).map(\.name) == [
        "innerWallTime", "innerCPUTime", "exactWallTime", "exactCPUTime", "measurementWallTime",
        "measurementCPUTime", "restWallTime", "restCPUTime",
      ])
    #expect(Array(row.suffix(8)) == [1, 0.5, 1, 0.5, 1, 0.5, 3, 1.5])
  }

  /// Rows of three proposals are every third row of the same chain, with the counts added up.
  @Test func rowsOfSeveralProposals() throws {
    let every = try chain(.local(overrelaxation: 0), levels: 1, key: 7)
    let third = try chain(.local(overrelaxation: 0), levels: 1, key: 7, proposalsPerRow: 3)
    try every.thermalise()
    try third.thermalise()
    for _ in 0..<20 {
      let rows = (0..<3).map { _ in run(every, 1) }
      let row = run(third, 1)
      #expect(row[0] == rows[2][0] && Array(row[7...]) == Array(rows[2][7...]))
      #expect(row[2] == (rows[0][2] + rows[1][2] + rows[2][2]) / 3 && row[5] == 18)
    }
  }

  @Test func automaticLengthFollowsTheCost() throws {
    let cheap = try automatic(relativeCost: 1e-4)
    let dear = try automatic(relativeCost: 10)
    #expect(dear < cheap)
    #expect(try automatic(relativeCost: 1e-4) == cheap)
  }

  private func automatic(relativeCost: Double) throws -> Double {
    var parameters = SelfLearningParameters()
    parameters.innerLength = .automatic(relativeCost: relativeCost, maximum: 64)
    let chain = try SelfLearningChain(
      system: ToySystem(), models: [ToyModel(linear: 1.5, quadratic: -1)],
      parameters: parameters, random: RandomStream(key: 8, nonce: 1))
    try chain.thermalise()
    return try #require(chain.facts.first { $0.name == "innerLength" }).value
  }

  private func chain(
    _ algorithm: InnerAlgorithm, levels: Int, key: UInt64, proposalsPerRow: Int = 1
  ) throws -> SelfLearningChain {
    var parameters = SelfLearningParameters()
    parameters.proposalsPerRow = proposalsPerRow
    parameters.inner = algorithm
    parameters.innerLength = .fixed(6)
    parameters.screenLengths = levels > 1 ? [2] : []
    parameters.recordsField = true
    let models = [ToyModel(linear: 1), ToyModel(linear: 1.4, quadratic: -0.5)].prefix(levels)
    return try SelfLearningChain(
      system: ToySystem(), models: Array(models), parameters: parameters,
      random: RandomStream(key: key, nonce: 3))
  }

  private func run(_ chain: SelfLearningChain, _ proposals: Int) -> [Double] {
    var rows: [Double] = []
    for _ in 0..<proposals { chain.advance(into: &rows) }
    return rows
  }
}

private final class Ticks {
  var count = 0.0
  func next() -> ChainTime {
    count += 1
    return ChainTime(wall: count, cpu: count / 2)
  }
}
