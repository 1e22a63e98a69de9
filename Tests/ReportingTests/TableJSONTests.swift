import Reporting
import Testing
import Values

@Suite struct TableJSONTests {
  @Test func scalars() {
    #expect(TableJSON.value(.null).rendered() == "null")
    #expect(TableJSON.value(.boolean(true)).rendered() == "true")
    #expect(TableJSON.number(1).rendered() == "1.0")
    #expect(TableJSON.number(0.1).rendered() == "0.1")
    #expect(TableJSON.number(1e300).rendered() == "1e+300")
    #expect(TableJSON.number(-.infinity).rendered() == "\"-inf\"")
    #expect(TableJSON.text("a\"\\\n\t\r\u{1}é").rendered() == "\"a\\\"\\\\\\n\\t\\r\\u0001é\"")
  }

  @Test func layout() {
    #expect(TableJSON.array([]).rendered() == "[]")
    #expect(TableJSON.object([]).rendered() == "{}")
    #expect(TableJSON.array([.value(.integer(1)), .value(.integer(2))]).rendered() == "[1, 2]")
    let nested = TableJSON.object([("b", .array([.array([])])), ("a", .value(.null))])
    #expect(nested.rendered() == "{\n  \"b\": [\n    []\n  ],\n  \"a\": null\n}")
    let long = TableJSON.array(Array(repeating: .value(.integer(1_000_000)), count: 20)).rendered()
    #expect(long.split(separator: "\n").count == 22)
  }
}
