import ContentHash
import Pipeline
import ScratchFolders
import Testing
import Values

/// Contents of declared files are identity; their times, modes and places are not.
@Suite struct DeclaredFileTests {
  static let text = """
    slmc: 1
    experiment: files
    stages:
      a: {kind: command, with: {run: [sh, s.sh], files: [s.sh, d/t], outputs: [o]}}
      b: {kind: command, needs: {x: a}, with: {run: [sh, s.sh], files: [d/t], outputs: [o]}}
    """

  private func keys(_ first: String, _ second: String) throws -> [String: Digest] {
    let scratch = try ScratchFolder()
    try scratch.write(first, to: "s.sh")
    try scratch.write(second, to: "d/t")
    return try plan(Self.text, in: scratch).keys
  }

  @Test func contentsDecide() throws {
    let base = try keys("one", "two")
    #expect(try keys("one", "two") == base)
    let edited = try keys("One", "two")
    #expect(edited["a"] != base["a"] && edited["b"] != base["b"])
    let exchanged = try keys("two", "one")
    #expect(exchanged["a"] != base["a"] && exchanged["a"] != edited["a"])
  }

  @Test func theOrderOfTheNamesDoesNotMatter() throws {
    let scratch = try ScratchFolder()
    try scratch.write("one", to: "s.sh")
    try scratch.write("two", to: "d/t")
    let base = try plan(Self.text, in: scratch)
    let other = try plan(Self.text.replacing("[s.sh, d/t]", "[d/t, s.sh]"), in: scratch)
    #expect(base.keys == other.keys)
    let parameters = base.parameters(of: base.jobs[0])
    #expect(
      parameters["with"]?["files"]?["s.sh"]?.text == Digest(of: Array("one".utf8)).description)
  }

  @Test func filesOutsideTheProjectAreRefused() throws {
    for name in ["/etc/hostname", "../x"] {
      let scratch = try ScratchFolder()
      try scratch.write("x", to: "x")
      let text = Self.text.replacing("d/t", name)
      #expect(throws: (any Error).self) { try plan(text, in: scratch) }
    }
  }
}
