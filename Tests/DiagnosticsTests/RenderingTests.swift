import Diagnostics
import Testing

@Suite struct RenderingTests {
  let source = SourceText(file: "a.yaml", text: "one: 1\r\n\tlattce: [6, 6]\nthree: 3\n")

  @Test func linesOfEveryKindOfEnd() {
    #expect(source.lines == ["one: 1", "\tlattce: [6, 6]", "three: 3", ""])
    #expect(SourceText(file: "b", text: "a\rb\n\nc").lines == ["a", "b", "", "c"])
    #expect(SourceText(file: "b", bytes: [0x61, 0xFF]).line(1) == "a\u{FFFD}")
    #expect(source.line(0) == nil)
    #expect(source.line(5) == nil)
  }

  @Test func everyPartInItsPlace() {
    let diagnostic = source.error(
      "unknown key `lattce`", line: 2, column: 2, length: 6, hint: "did you mean `lattice`?")
    #expect(
      diagnostic.description == """
        a.yaml:2:2: error: unknown key `lattce`
          2 | \tlattce: [6, 6]
            | \t^~~~~~
            = did you mean `lattice`?
        """)
  }

  @Test func withoutPlace() {
    #expect(Diagnostic.warning("slow", hint: "wait").description == "warning: slow\n   = wait")
  }

  @Test func colourAddsOnlyEscapes() {
    let diagnostic = source.error("bad", line: 1, column: 6)
    let coloured = DiagnosticRenderer(coloured: true).render(diagnostic)
    #expect(coloured.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    let bare = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(bare == diagnostic.description)
  }

  @Test func escapesInTheTextAreDefused() {
    let hostile = SourceText(file: "x\u{7}", text: "a\u{1B}[2Jb")
    let shown = hostile.error("\u{1B}]0;", line: 1, column: 1).description
    #expect(!shown.unicodeScalars.contains("\u{1B}"))
    #expect(!shown.unicodeScalars.contains("\u{7}"))
  }

  @Test(arguments: [1, 50, 500, 1000, 4000])
  func longLinesAreClippedAroundTheCaret(column: Int) throws {
    let letters = (0..<1000).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) }
    let text = SourceText(file: "l", text: String(letters))
    let lines = text.error("m", line: 1, column: column).description.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 130 })
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let offset = lines[2].distance(from: lines[2].startIndex, to: caret)
    if column <= 1000 {
      #expect(Array(lines[1])[offset] == letters[column - 1])
    } else {
      #expect(offset == lines[1].count)
    }
  }
}
