import Diagnostics
import Testing
import YAML

/// Place and message of every mistake in a text.
func mistakes(_ text: String) -> [String] {
  do {
    _ = try YAML.parse(text: text, file: "t")
    return []
  } catch {
    return error.inSourceOrder.map {
      "\($0.location.map { "\($0.line):\($0.column)" } ?? "-") \($0.message)"
    }
  }
}

@Suite struct ErrorTests {
  @Test(arguments: [
    ("", "1:1 the file is empty"),
    ("# only\n", "1:1 the file is empty"),
    ("a: [1, 2\nb: 3\n", "2:5 flow sequence without a closing bracket"),
    ("a: b: c\n", "1:5 invalid nested block mapping on the same line"),
    ("a: 'open\n", "1:5 single-quoted scalar without closing quote"),
    ("a:\n   b: 1\n  c: 2\n", "3:3 invalid indentation in mapping"),
    ("a: @x\n", "1:4 plain scalar cannot start with '@'"),
    ("a: ]", "1:4 flow sequence with invalid extra closing bracket"),
    ("a: \"\\q\"\n", "1:5 invalid escape 'q' in double-quoted string"),
    ("? [1]\n: 2\n", "1:3 a key must be text and not a list"),
    ("{a: 1}: 2\n", "1:1 a key must be text and not a mapping"),
    ("a: 1\n---\nb: 2\n", "2:1 a second document begins here"),
    ("a: *nope\n", "1:4 no anchor `&nope` above this alias"),
    ("a: &x [*x]\n", "1:8 alias `*x` stands inside its own anchor"),
    ("b: !!int 3\n", "1:4 tags are not supported"),
    ("%YAML 1.1\n---\na: 1\n", "1:1 no directive other than %YAML 1.2 is supported"),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", "1:1 no directive other than %YAML 1.2 is supported"),
    ("a: x\u{0}y\n", "1:5 control character U+0000"),
    ("ab: 1\r\né: \u{1B}[2J\n", "2:4 control character U+001B"),
  ])
  func oneMistake(text: String, expected: String) {
    #expect(mistakes(text) == [expected])
  }

  @Test func allAtOnce() {
    let text = "a: 1\na: 2\nb: !t 3\nb:\n  c: 1\n  c: 1\nd: [1\n"
    #expect(
      mistakes(text) == [
        "2:1 key `a` appears twice", "3:4 tags are not supported", "4:1 key `b` appears twice",
        "6:3 key `c` appears twice", "7:6 flow sequence without a closing bracket",
      ])
  }

  @Test func quotesTheLineAndSaysWhereABracketOpens() throws {
    let error = #expect(throws: Diagnostics.self) {
      try YAML.parse(text: "a: {b: 1,\n  c: 2\nd: 3\n", file: "t.yaml")
    }
    let text = try #require(error?.description)
    #expect(text.hasPrefix("t.yaml:3:"))
    #expect(text.contains("  3 | d: 3\n"))
    #expect(text.hasSuffix("= inside the { … } that opens in line 1"))
  }

  @Test(arguments: [
    [0xFF], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    [0xC3], [0xE2, 0x82], [0x80], [0xFE, 0xFF, 0x00, 0x61],
  ])
  func malformedUTF8(bytes: [UInt8]) throws {
    let error = #expect(throws: Diagnostics.self) {
      try YAML.parse(bytes: Array("a: 1\nb: ".utf8) + bytes, file: "t")
    }
    let first = try #require(error?.found.first)
    #expect(first.message.hasPrefix("malformed UTF-8"))
    #expect(first.location?.line == 2)
    #expect(first.location?.column == 4)
  }

  @Test(arguments: [1, 63, 64, 65, 100_000])
  func nesting(depth: Int) {
    let flow = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let found = mistakes(flow)
    #expect(found.isEmpty == (depth <= 64))
  }

  @Test func aliasBombIsRefused() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = mistakes(text)
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("aliases add more than 100000 nodes") == true)
  }

  @Test func endsAfterTooManyMistakes() {
    let text = String(repeating: "a: 1\n", count: 1000)
    #expect(mistakes(text).count == 50)
  }
}
