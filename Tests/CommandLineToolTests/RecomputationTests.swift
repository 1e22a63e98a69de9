import FileSystem
import Testing
import Values

/// `slmc verify --recompute N`.
@Suite struct RecomputationTests {
  @Test func honestArtifactsComeOutEqual() throws {
    let desk = try Desk.ran()
    let answer = try desk.slmc("verify", "--recompute", "4")
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(answer.output.contains("4 of 4 made again, 0 differ"))
    let all = try desk.slmc("verify", "--recompute", "99", "--json").json
    #expect(all["recomputed"]?.list?.count == 6)
    #expect(all["recomputed"]?.list?.allSatisfy { $0["outcome"] == "equal" } == true)
    #expect(try (desk.store / "tmp").names().isEmpty)
    #expect(try desk.counts() == (cached: 6, toDo: 0))
  }

  /// A program that gives other numbers every time is found out, and one whose file is gone is not
  /// called wrong.
  @Test func commandsAreMadeAgainWithTheirFiles() throws {
    let desk = try Desk()
    let text = Desk.measurement(value: 1, error: 1).replacing(
      "outputs:", with: "files: [input.txt]\n      outputs:")
    try desk.write(text, to: "e.yaml")
    try desk.write("7", to: "input.txt")
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    #expect(try desk.slmc("verify", "--recompute", "1").code == 0)
    try desk.write("8", to: "input.txt")
    let edited = try desk.slmc("verify", "--recompute", "1")
    #expect(edited.code == 5)
    #expect(edited.output.contains("could not be made again"), "\(edited.output)")
    try desk.write(
      text.replacing("experiment: m", with: "experiment: r").replacing(
        "files: [input.txt]\n      ", with: ""
      ).replacing(
        "sh, -c, '", with: "sh, -c, 'date +%N > o; "
      )
      .replacing("outputs: [results.json]", with: "outputs: [results.json, o]"), to: "r.yaml")
    try #require(try desk.slmc("run", "r.yaml", "--quiet", "--store", "r").code == 0)
    let random = try desk.slmc("verify", "--recompute", "1", "--store", "r")
    #expect(random.code == 6)
    #expect(random.output.contains("1 of 1 made again, 1 differ"), "\(random.output)")
  }

  @Test func aNumberIsDue() throws {
    let desk = try Desk.ran()
    #expect(try desk.slmc("verify", "--recompute", "0").code == 2)
    #expect(try desk.slmc("verify", "--recompute", "some").code == 2)
  }
}
