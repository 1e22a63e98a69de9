import FileSystem
import Foundation
import Testing
import Values

/// The table of awkward cases: two stages a -> b, an edit, and exactly what must run after it.
@Suite struct AwkwardCaseTests {
  let project: Project

  static let manifest = """
    slmc: 1
    experiment: two
    stages:
      a: {kind: command, reads: [p], with: {run: [sh, a.sh], files: [a.sh, data.txt], outputs: [out]}}
      b: {kind: command, needs: {first: a}, with: {run: [sh, b.sh], files: [b.sh], outputs: [out]}}
    parameters: {p: {x: 1}}
    """

  init() throws {
    project = try Project()
    try project.write(Self.manifest)
    try project.write("cat data.txt parameters.json > out\n", to: "a.sh")
    try project.write("wc -c < first/out > out\n", to: "b.sh")
    try project.write("one\n", to: "data.txt")
    let first = try project.run()
    try #require(first.made == ["a", "b"], "\(first.output)\(first.errors)")
  }

  private func expect(_ stages: [String], _ what: Comment, adopted: Int = 0) throws {
    let outcome = try project.run()
    #expect(outcome.made == stages, what)
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.summary?["adopted"]?.integer == adopted, what)
    #expect(try project.run().made.isEmpty, "and nothing after it")
    #expect(project.leftovers.isEmpty)
  }

  private func edit(_ name: String, _ text: String, modified: timespec? = nil) throws {
    let path = project.folder / name
    let before = try #require(path.stamp)
    // Longer than a tick of the kernel's clock.
    usleep(20_000)
    try path.write(text)
    let seconds =
      modified
      ?? timespec(
        tv_sec: before.modified / 1_000_000_000, tv_nsec: before.modified % 1_000_000_000)
    #expect(unsafe utimensat(AT_FDCWD, path.description, [seconds, seconds], 0) == 0)
  }

  @Test func nothingChanged() throws { try expect([], "nothing changed") }

  @Test func touched() throws {
    usleep(20_000)
    for name in ["a.sh", "b.sh", "data.txt", "e.yaml"] { (project.folder / name).touch() }
    for job in try project.plan().values { (project.artifact(job.key) / "data.h5").touch() }
    try expect([], "touch any input")
  }

  @Test func newContentWithAnOlderTime() throws {
    try edit("data.txt", "another\n", modified: timespec(tv_sec: 1_000_000, tv_nsec: 0))
    try expect(["a", "b"], "content new, mtime older")
  }

  @Test func newContentOfTheSameSizeAndTime() throws {
    try edit("data.txt", "two\n")
    // The output of b is the size of a's: the contents of a differ all the same.
    try expect(["a", "b"], "content new, same size and mtime")
    try edit("data.txt", "one\n")
    try expect([], "and back")
  }

  @Test func comment() throws {
    try project.write("# a comment\n\n" + Self.manifest + "\n\n# and another\n")
    try expect([], "comment or blank in a manifest")
  }

  @Test func thereAndBack() throws {
    try project.write(Self.manifest.replacingOccurrences(of: "x: 1", with: "x: 22"))
    try expect(["a", "b"], "parameter 1 -> 22")
    try project.write(Self.manifest)
    try expect([], "parameter 1 -> 22 -> 1")
  }

  @Test func equalResultOfA() throws {
    try project.write("cat data.txt > out # parameters.json is left alone\n", to: "a.sh")
    try expect(["a", "b"], "a no longer looks at its parameters")
    try project.write(Self.manifest.replacingOccurrences(of: "x: 1", with: "x: 2"))
    try expect(["a"], "parameter changed, equal result of a", adopted: 1)
  }

  @Test func intermediateDeleted() throws {
    let key = try #require(try project.plan()["a"]?.key)
    try project.artifact(key).removeTree()
    try expect(["a"], "intermediate deleted")
    try project.artifact(key).removeTree()
    try project.artifact(try #require(try project.plan()["b"]?.key)).removeTree()
    try expect(["a", "b"], "both deleted")
  }

  static let damages = [
    "data.h5 changed", "data.h5 truncated", "data.h5 emptied", "data.h5 removed",
  ]

  @Test(arguments: damages.indices) func tamperedIntermediate(_ row: Int) throws {
    let before = try project.contents()
    let jobs = try project.plan()
    let data = project.artifact(try #require(jobs["a"]?.key)) / "data.h5"
    let bytes = try data.read()
    switch row {
    case 0: try project.overwrite(data, bytes.dropLast(9) + bytes.suffix(9).map { $0 ^ 1 })
    case 1: try project.overwrite(data, Array(bytes.dropLast(64)))
    case 2: try project.overwrite(data, [])
    default: data.remove()
    }
    // b has to be made again too, so that a damaged a would be consumed.
    try project.artifact(try #require(jobs["b"]?.key)).removeTree()
    try expect(["a", "b"], "\(Self.damages[row])")
    #expect(try project.contents() == before)
  }

  @Test func tamperedDescription() throws {
    let before = try project.contents()
    let jobs = try project.plan()
    try project.overwrite(
      project.artifact(try #require(jobs["a"]?.key)) / "meta.json", Array("{\"format\": 1".utf8))
    try project.artifact(try #require(jobs["b"]?.key)).removeTree()
    try expect(["a", "b"], "description damaged")
    #expect(try project.contents() == before)
  }

  @Test func jobFails() throws {
    try project.write("echo partial > out; echo because of this >&2; exit 3\n", to: "a.sh")
    let failing = try project.run()
    #expect(failing.code == 1 && failing.failed == ["a"])
    #expect(failing.summary?["skipped"]?.integer == 1)
    let words = failing.events.first { $0["event"]?.text == "failed" }?["log"]?.list?
      .compactMap(\.text).joined(separator: "\n")
    #expect(words?.contains("ended with exit code 3") == true)
    #expect(words?.contains("because of this") == true)
    #expect(project.leftovers.isEmpty)
    #expect(try project.plan().values.allSatisfy { $0.action == "run" })
    try project.write("cat data.txt data.txt > out\n", to: "a.sh")
    try expect(["a", "b"], "mended")
  }

  @Test func undeclaredHelper() throws {
    try project.write("secret\n", to: "helper.txt")
    try project.write("cat helper.txt > out\n", to: "a.sh")
    let outcome = try project.run()
    #expect(outcome.code == 1 && outcome.failed == ["a"])
    #expect(outcome.output.contains("helper.txt: No such file or directory"))
    // Declared, it is there.
    try project.write(
      Self.manifest.replacingOccurrences(of: "data.txt]", with: "data.txt, helper.txt]"))
    try expect(["a", "b"], "the helper is declared")
  }

  @Test func missingOutput() throws {
    try project.write("true\n", to: "a.sh")
    let outcome = try project.run()
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("did not write its output `out`"))
  }

  @Test func theReasonIsTold() throws {
    try edit("data.txt", "two\n")
    let why = try project.slmc("plan", "e.yaml", "--why", "a")
    #expect(why.output.contains("with.files.data.txt edited"))
    try project.write(Self.manifest.replacingOccurrences(of: "x: 1", with: "x: 2"))
    #expect(try project.slmc("plan", "e.yaml", "--why", "a").output.contains("p.x 1 -> 2"))
    #expect(try project.slmc("plan", "e.yaml", "--exit-code").code == 3)
  }
}
