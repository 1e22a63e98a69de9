import FileSystem
import Testing
import Values

/// A program that reads what it does not declare gives another content under its old key when its
/// artifact is lost. What was made of the old content must not be taken for what the new one gives.
@Suite struct BrokenPromiseTests {
  let project: Project

  init() throws {
    project = try Project()
    try project.write(
      """
      slmc: 1
      experiment: promise
      stages:
        a: {kind: command, reads: [p], with: {run: [sh, a.sh], files: [a.sh], outputs: [out], shows: [\(project.folder)]}}
        b: {kind: command, needs: {of: a}, with: {run: [sh, b.sh], files: [b.sh], outputs: [out]}}
        c: {kind: command, needs: {of: b}, with: {run: [cp, of/out, out], outputs: [out]}}
      parameters: {p: {x: 1}}
      """)
    try project.write("cat \(project.folder)/hidden > out\n", to: "a.sh")
    try project.write("head -c 3 of/out > out\n", to: "b.sh")
    try project.write("one\n", to: "hidden")
    try #require(try project.run().made == ["a", "b", "c"])
  }

  private func lose(_ stage: String) throws {
    try project.artifact(try #require(try project.plan()[stage]?.key)).removeTree()
  }

  @Test func equalContentLeavesTheRestAlone() throws {
    try lose("a")
    let outcome = try project.run()
    #expect(outcome.code == 0 && outcome.made == ["a"])
    #expect(outcome.summary?["reused"]?.integer == 2)
  }

  @Test func otherContentIsFollowed() throws {
    try project.write("two\n", to: "hidden")
    try lose("a")
    let outcome = try project.run()
    #expect(outcome.code == 0 && outcome.made == ["a", "b", "c"], "\(outcome.errors)")
    #expect(outcome.summary?["reused"]?.integer == 0)
    #expect(try project.run().made.isEmpty, "and nothing after it")
    #expect(project.leftovers.isEmpty)
  }

  @Test func itIsFollowedOnlyAsFarAsItReaches() throws {
    try project.write("one more\n", to: "hidden")
    try lose("a")
    #expect(try project.run().made == ["a", "b"], "the first three letters are the same")
    #expect(try project.run().made.isEmpty)
  }

  @Test func alsoWhenItWasMadeByAnotherRun() throws {
    try project.write("two\n", to: "hidden")
    try lose("a")
    #expect(try project.run("--until", "a").made == ["a"])
    let plan = try project.slmc("plan", "e.yaml")
    #expect(plan.output.contains("1 to do: a came out differently"), "\(plan.output)")
    #expect(try project.run().made == ["b", "c"])
  }

  @Test func aFailureBelowLeavesWhatIsCached() throws {
    try lose("a")
    (project.folder / "hidden").remove()
    let outcome = try project.run()
    #expect(outcome.code == 1 && outcome.failed == ["a"])
    #expect(outcome.summary?["skipped"]?.integer == 0)
    try project.write("one\n", to: "hidden")
    #expect(try project.run().made == ["a"])
  }
}
