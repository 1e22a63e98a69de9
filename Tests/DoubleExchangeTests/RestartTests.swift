import DoubleExchange
import MonteCarlo
import Testing

@Suite("Chains stop and continue bit for bit")
struct RestartTests {
  private func make(_ method: ExactMethod, seed: UInt64) throws -> RecordingChain {
    let system = try system([4, 2], mu: method == .hmc ? 0.2 : 0, temperature: 0.1)
    return try RecordingChain(
      system,
      settings: ExactChainSettings(
        method: method, thermalisation: 20, stride: 2,
        mix: ProposalMix(fresh: 1, rotation: 1, reflection: 1), refreshInterval: 5,
        temperatures: method == .replicaExchange ? [0.15, 0.25] : [], exchangeInterval: 3,
        recordsStructureFactor: true, densityOfStatesBins: 7),
      random: stream(seed))
  }

  @Test("a split run equals one run", arguments: ExactMethod.allCases, [0, 1, 7])
  func split(method: ExactMethod, at cut: Int) throws {
    let whole = try make(method, seed: 51)
    var expected: [Double] = []
    for _ in 0..<13 { whole.advance(into: &expected) }

    let first = try make(method, seed: 51)
    var rows: [Double] = []
    for _ in 0..<cut { first.advance(into: &rows) }
    // Another seed: everything must come from the state.
    let second = try make(method, seed: 52)
    try second.restore(first.state)
    for _ in cut..<13 { second.advance(into: &rows) }
    #expect(rows == expected)
    #expect(second.facts == whole.facts)
    #expect(second.state == whole.state)
    #expect(expected.count == 13 * whole.columns.reduce(0) { $0 + $1.width })
  }

  @Test("saving does not disturb the chain", arguments: ExactMethod.allCases)
  func saving(method: ExactMethod) throws {
    let (plain, watched) = (try make(method, seed: 53), try make(method, seed: 53))
    var (a, b) = ([Double](), [Double]())
    for _ in 0..<6 {
      plain.advance(into: &a)
      _ = watched.state
      watched.advance(into: &b)
    }
    #expect(a == b)
  }

  @Test("states that do not belong are refused", arguments: ExactMethod.allCases)
  func foreign(method: ExactMethod) throws {
    let chain = try make(method, seed: 54)
    #expect(throws: FieldError.self) { try chain.restore(ChainState()) }
    var state = chain.state
    let names = state.reals.keys.filter { $0.hasSuffix("field") || $0.hasSuffix("origin") }
    for name in names { state.reals[name]?[0] = 7 }
    #expect(throws: FieldError.self) { try chain.restore(state) }
  }
}
