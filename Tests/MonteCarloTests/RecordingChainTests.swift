import MonteCarlo
import Randomness
import Testing

@Suite struct RecordingChainTests {
  private static let springs = Springs(50)

  private func chain(
    seed: UInt64 = 5, stride: Int = 2, thermalisation: Int = 20, recordsField: Bool = false,
    clock: (() -> ChainTime)? = nil
  ) -> RecordingChain {
    var random = RandomStream(key: seed, nonce: 0)
    let start = Self.springs.randomField(using: &random)
    return RecordingChain(
      Self.springs,
      MetropolisUpdater(SpringAction(), width: 2.5, start: start, random: random),
      settings: RecordingSettings(
        thermalisation: thermalisation, stride: stride, recordsField: recordsField), clock: clock)
  }

  private func rows(_ chain: RecordingChain, _ count: Int) -> [[Double]] {
    (0..<count).map { _ in
      var row: [Double] = []
      chain.advance(into: &row)
      return row
    }
  }

  /// <x^2> = 1 and <x^4> = 3. With 4,000 rows of 50 independent springs whose tau is near one row the
  /// errors are 0.0045 and 0.03; four of them are missed by chance once in 16,000.
  @Test func samplesTheWeight() {
    let rows = rows(chain(), 4000)
    let mean = { (column: Int) in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    #expect(abs(mean(1) - 1) < 4 * 0.0045)
    #expect(abs(mean(2) - 3) < 4 * 0.03)
    #expect(abs(mean(3)) < 4 * 0.03)
  }

  /// A uniform step of at most w from a normal deviate is accepted with the share
  /// (1/w) integral_0^w erfc(d / (2 sqrt 2)) dd, here 0.5574 for w = 2.5 (by Simpson's rule).
  @Test func acceptsTheShareThatDetailedBalanceGives() {
    let rows = rows(chain(), 4000)
    let acceptance = rows.reduce(0) { $0 + $1[4] } / Double(rows.count)
    #expect(abs(acceptance - 0.5574) < 4 * 0.0012)
  }

  @Test func everyRowHasTheWidthOfTheColumns() {
    for recordsField in [false, true] {
      for clock in [nil, { ChainTime.zero }] {
        let chain = chain(recordsField: recordsField, clock: clock)
        let width = chain.columns.reduce(0) { $0 + $1.width }
        #expect(rows(chain, 3).allSatisfy { $0.count == width })
      }
    }
  }

  @Test func theFirstColumnIsTheWeightOfTheRecordedField() throws {
    let chain = chain(recordsField: true)
    let place = try #require(chain.columns.firstIndex { $0.name == "springs" })
    for row in rows(chain, 5) {
      let field = Array(row[place..<(place + 50)])
      #expect(row[0] == -field.reduce(0) { $0 + $1 * $1 } / 2)
      #expect(row[3] == field[0])
    }
  }

  @Test func continuesBitForBit() throws {
    let whole = rows(chain(recordsField: true), 12)
    let first = chain(recordsField: true)
    let beginning = rows(first, 5)
    let second = chain(seed: 99, recordsField: true)
    try second.restore(first.state)
    #expect(beginning + rows(second, 7) == whole)
  }

  @Test func thermalisesOnceAndBeforeTheFirstRow() throws {
    let begun = chain(stride: 1, thermalisation: 6)
    let plain = chain(stride: 7, thermalisation: 0)
    #expect(rows(begun, 1)[0][0] == rows(plain, 1)[0][0])
    let continued = chain(stride: 1, thermalisation: 6)
    try continued.restore(begun.state)
    #expect(rows(continued, 1)[0][0] == rows(chain(stride: 8, thermalisation: 0), 1)[0][0])
  }

  @Test func anotherStreamIsAnotherChain() {
    #expect(rows(chain(seed: 1), 1) != rows(chain(seed: 2), 1))
  }

  @Test func refusesAStateOfAnotherShape() {
    let chain = chain()
    var state = chain.state
    state.reals["updater.field"] = [1, 2]
    #expect(throws: FieldError.self) { try chain.restore(state) }
    state = chain.state
    state.words["updater.stream"] = nil
    #expect(throws: FieldError.self) { try chain.restore(state) }
    state = chain.state
    state.reals["chain"] = nil
    #expect(throws: FieldError.self) { try chain.restore(state) }
  }

  /// The clock goes on by one at every look, so every part of a row can be foretold.
  @Test func timesTheParts() throws {
    var ticks = 0.0
    let chain = chain(
      clock: {
        ticks += 1
        return ChainTime(wall: ticks, cpu: 10 * ticks)
      })
    let row = rows(chain, 1)[0]
    let names = chain.columns.map(\.name)
    func value(_ name: String) throws -> Double {
      row[try #require(names.firstIndex(of: name))]
    }
    #expect(try value("exactWallTime") == 1)
    #expect(try value("measurementWallTime") == 1)
    #expect(try value("innerCPUTime") == 0)
    #expect(try value("restCPUTime") == 10)
    #expect(chain.columns.filter(\.isTiming).count == 2 * ChainPart.allCases.count)
  }
}
