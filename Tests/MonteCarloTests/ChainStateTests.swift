import MonteCarlo
import Randomness
import Testing

@Suite struct ChainStateTests {
  @Test func aStreamGoesOnWhereItStood() throws {
    var stream = RandomStream(key: 3, nonce: 8)
    for _ in 0..<5 { _ = stream.uniform() }
    var state = ChainState()
    state.store(stream, as: "walk")
    var continued = try state.stream("walk")
    #expect(continued.uniform() == stream.uniform())
    #expect(throws: FieldError.self) { try state.stream("talk") }
    state.words["walk"] = [1, 2]
    #expect(throws: FieldError.self) { try state.stream("walk") }
  }

  @Test func numbersAreCounted() throws {
    let state = ChainState(reals: ["widths": [0.5, 0.25]])
    #expect(try state.numbers("widths", count: 2) == [0.5, 0.25])
    #expect(throws: FieldError.self) { try state.numbers("widths", count: 3) }
    #expect(throws: FieldError.self) { try state.numbers("heights", count: 2) }
  }
}

@Suite struct ParameterBufferTests {
  @Test func rangesLieOneAfterTheOther() {
    var buffer = ParameterBuffer()
    buffer.append("offset", shape: [], filledWith: 2)
    buffer.append("weights", shape: [2, 3])
    #expect(buffer.values == [2, 0, 0, 0, 0, 0, 0])
    #expect(buffer.ranges.map(\.offset) == [0, 1])
    #expect(buffer.ranges.map(\.count) == [1, 6])
    buffer["weights"] = [1, 2, 3, 4, 5, 6]
    #expect(buffer.values == [2, 1, 2, 3, 4, 5, 6])
    #expect(Array(buffer["offset"]) == [2])
  }

  @Test func anUnknownNameIsEmptyAndChangesNothing() {
    var buffer = ParameterBuffer()
    buffer.append("offset", shape: [1])
    buffer["other"] = [7]
    #expect(buffer["other"].isEmpty && buffer.values == [0])
  }
}

@Suite struct PartTimesTests {
  @Test func theRestIsWhatNoPartTook() {
    var times = PartTimes()
    times.inner = ChainTime(wall: 1, cpu: 2)
    times.exact = ChainTime(wall: 3, cpu: 4)
    times.measurement = ChainTime(wall: 5, cpu: 6)
    times.total = ChainTime(wall: 10, cpu: 13)
    var row: [Double] = []
    times.append(to: &row)
    #expect(row == [1, 2, 3, 4, 5, 6, 1, 1])
    #expect(row.count == PartTimes.columns.count)
    #expect(PartTimes.columns.allSatisfy { $0.isTiming && $0.unit == "s" && $0.width == 1 })
  }

  @Test func widthsFollowTheShape() {
    #expect(Column("energy", "E").width == 1)
    #expect(Column("spins", shape: [36, 3], "spins").width == 108)
    #expect(Column("none", shape: [0, 3], "nothing").width == 0)
  }
}
