import Diagnostics
import Testing
import YAML

/// A line a node: where it begins and ends, and what it is.
func outline(_ node: YAMLNode, depth: Int = 0) -> [String] {
  let (start, end) = (node.location, node.end)
  let place = "\(start.line):\(start.column)-\(end.line):\(end.column)"
  let head = String(repeating: " ", count: depth) + place + " "
  switch node.content {
  case .scalar(let text, let style): return [head + "\(style) \(text.debugDescription)"]
  case .sequence(let elements):
    return [head + "sequence"] + elements.flatMap { outline($0, depth: depth + 1) }
  case .mapping(let entries):
    return [head + "mapping"]
      + entries.flatMap { outline($0.key, depth: depth + 1) + outline($0.value, depth: depth + 1) }
  }
}

@Suite struct TreeTests {
  @Test func everyKindOfNodeWithItsPlace() throws {
    let text = """
      a: 1
      b: [1, 'x y', "z\\n"]
      ü:
        d: é x # comment
        e:
        f: |
          one
          two
      g: {x: ~,
        y: 0}

      """
    let root = try YAML.parse(text: text, file: "t.yaml")
    #expect(
      outline(root) == [
        "1:1-10:8 mapping",
        " 1:1-1:2 plain \"a\"", " 1:4-1:5 plain \"1\"",
        " 2:1-2:2 plain \"b\"", " 2:4-2:21 sequence", "  2:5-2:6 plain \"1\"",
        "  2:8-2:13 quoted \"x y\"", "  2:15-2:20 quoted \"z\\n\"",
        " 3:1-3:2 plain \"ü\"", " 4:3-9:1 mapping",
        "  4:3-4:4 plain \"d\"", "  4:6-4:9 plain \"é x\"",
        "  5:3-5:4 plain \"e\"", "  5:4-5:4 plain \"\"",
        "  6:3-6:4 plain \"f\"", "  7:1-9:1 block \"one\\ntwo\\n\"",
        " 9:1-9:2 plain \"g\"", " 9:4-10:8 mapping",
        "  9:5-9:6 plain \"x\"", "  9:8-9:9 plain \"~\"",
        "  10:3-10:4 plain \"y\"", "  10:6-10:7 plain \"0\"",
      ])
  }

  @Test func accessors() throws {
    let root = try YAML.parse(text: "a: [1, '2']\nb: {c: }\nd: no\n", file: "t.yaml")
    #expect(root.entries?.map(\.name) == ["a", "b", "d"])
    #expect(root["a"]?.elements?.map(\.text) == ["1", "2"])
    #expect(root["a"]?.elements?.map(\.style) == [.plain, .quoted])
    #expect(root["b"]?["c"]?.isNull == true)
    #expect(root["d"]?.text == "no")
    #expect(root["z"] == nil)
    #expect(root["a"]?.kindName == "a list")
    #expect(root["b"]?.kindName == "a mapping")
    #expect(root["a"]?.location.description == "t.yaml:1:4")
    #expect(root["a"]?.underline == 8)
    #expect(root.underline == 1)
  }

  @Test func quotedNullIsText() throws {
    let root = try YAML.parse(text: "[null, 'null', ~, '', x, Null]", file: "t")
    #expect(root.elements?.map(\.isNull) == [true, false, true, false, false, true])
  }

  @Test func byteOrderMarkAndForeignLineEnds() throws {
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb:\r\n  - 2\r\n".utf8)
    let root = try YAML.parse(bytes: bytes, file: "t")
    #expect(root["b"]?.elements?.first?.location.line == 3)
    #expect(root["a"]?.location.column == 4)
  }

  @Test func aliasesStandForTheirAnchors() throws {
    let root = try YAML.parse(text: "a: &x [1, {y: 2}]\nb: *x\nc: &z 3\nd: *z\n", file: "t")
    #expect(root["b"]?.elements?.count == 2)
    #expect(root["b"]?.location.description == "t:2:4")
    #expect(root["b"]?.elements?.first?.location.description == "t:1:8")
    #expect(root["d"]?.text == "3")
  }

  @Test func versionDirectiveOfTheSupportedVersion() throws {
    #expect(try YAML.parse(text: "%YAML 1.2\n---\na: 1\n", file: "t")["a"]?.text == "1")
  }

  @Test func longTextsStayQuick() throws {
    // No clock here: quadratic work on 10^5 keys would take minutes and be noticed.
    let text = (0..<100_000).map { "key\($0): \($0)\n" }.joined()
    let root = try YAML.parse(text: text, file: "t")
    #expect(root.entries?.count == 100_000)
    #expect(root.entries?.last?.value.location.line == 100_000)
  }
}
