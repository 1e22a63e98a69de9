import Testing
import Values

/// The pre-image of every hash, byte by byte as docs/hashing.md has it.
@Suite struct CanonicalEncodingTests {
  static let vectors: [(value: Value, bytes: String)] = [
    (.null, "6e"),
    (.boolean(true), "74"),
    (.boolean(false), "66"),
    (.integer(1), "690100000000000000"),
    (.integer(-2), "69feffffffffffffff"),
    (.integer(.max), "69ffffffffffffff7f"),
    (.number(2.5), "640000000000000440"),
    (.number(0), "640000000000000000"),
    (.number(-0.0), "640000000000000000"),
    (.number(1), "64000000000000f03f"),
    (.text(""), "730000000000000000"),
    (.text("aé"), "73030000000000000061c3a9"),
    (.list([]), "6c0000000000000000"),
    (.list([.integer(1), .null]), "6c02000000000000006901000000000000006e"),
    (.record([:]), "6d0000000000000000"),
    (
      .record(["b": .null, "a": .boolean(true)]),
      "6d0200000000000000" + "73010000000000000061" + "74" + "73010000000000000062" + "6e"
    ),
  ]

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test(arguments: vectors) func pinned(_ vector: (value: Value, bytes: String)) {
    var encoder = CanonicalEncoder()
    encoder.append(vector.value)
    #expect(hexadecimal(encoder.bytes) == vector.bytes)
  }

  @Test func aBlockHasItsOwnTag() {
    var encoder = CanonicalEncoder()
    encoder.append(block: [1, 2])
    #expect(hexadecimal(encoder.bytes) == "6202000000000000000102")
  }

  /// Values that a careless encoding would run together.
  @Test func differentValuesHaveDifferentBytes() {
    let values: [Value] = [
      .null, .boolean(false), .boolean(true), .integer(0), .integer(1), .number(0), .number(1),
      .text(""), .text("0"), .text("1"), .text("true"), .text("null"), .list([]), .list([.null]),
      .list([.list([])]), .list([.text("a"), .text("b")]), .list([.text("ab")]),
      .list([.list([.text("a")]), .text("b")]), .list([.text("a,b")]), .record([:]),
      .record(["a": .null]), .record(["a": .record(["b": .null])]),
      .record(["a": .record([:]), "b": .null]), .text("e\u{301}"), .text("\u{e9}"),
      .record(["e\u{301}": .null]), .record(["\u{e9}": .null]),
    ]
    var seen: [[UInt8]: Int] = [:]
    for (place, value) in values.enumerated() {
      var encoder = CanonicalEncoder()
      encoder.append(value)
      let other = seen.updateValue(place, forKey: encoder.bytes)
      #expect(other == nil, "\(values[other ?? 0]) and \(value)")
    }
  }

  @Test func theOrderOfWritingDoesNotShow() {
    let names = (0..<40).map { "name\($0 * 7 % 40)" }
    let forwards = Record(names.enumerated().map { ($1, .text($1)) })
    let backwards = Record(names.reversed().map { ($0, .text($0)) })
    #expect(forwards == backwards)
    #expect(forwards.names == names.sorted())
  }

  @Test func namesAreTheirBytes() {
    var record: Record = ["\u{e9}": .integer(1)]
    record["e\u{301}"] = .integer(2)
    #expect(record.count == 2)
    #expect(record["\u{e9}"] == .integer(1))
    record["e\u{301}"] = nil
    #expect(record["\u{e9}"] == .integer(1) && record.count == 1)
  }

  @Test func accessByPath() {
    let value = Value.record(["a": .record(["b": .list([.integer(2), .number(0.5)])])])
    #expect(value.value(at: ["a", "b"])?.list?.map(\.number) == [2, 0.5])
    #expect(value.value(at: ["a", "c"]) == nil)
    #expect(value.spelling == "{a: {b: [2, 0.5]}}")
    #expect(Value.number(3).spelling == "3" && Value.number(1e-9).spelling == "1e-09")
  }
}
