import FileSystem
import Glibc
import Testing

/// A manifest may be somebody else's: it names files of its project and nothing beyond, and its size
/// is limited before it is read.
@Suite struct HostileManifestTests {
  @Test(arguments: ["../../../evil", "/etc/x", ".", "..", ".git", "a b", "-x", "x\\n", "`x`", ""])
  func oneRuleForAllNames(name: String) throws {
    let desk = try Desk()
    let plain = Desk.chain()
    let drawn = "{from: b, x: first.value, y: z}"
    let texts = [
      ("an experiment", plain.replacing("experiment: e", with: "experiment: \"\(name)\"")),
      ("a stage", plain.replacing("  b: {kind", with: "  \"\(name)\": {kind")),
      ("an input", plain.replacing("{input: a}", with: "{\"\(name)\": a}")),
      ("a figure", plain + "figures: {\"\(name)\": \(drawn)}\n"),
      ("a table", plain + "tables: {\"\(name)\": {from: b}}\n"),
      ("a profile", plain + "profiles: {\"\(name)\": {set: {second.value: 8}}}\n"),
    ]
    for (what, text) in texts {
      try desk.write(text, to: "e.yaml")
      let answer = try desk.slmc("plan", "e.yaml")
      #expect(answer.code == 2, "\(what) \(name)")
      #expect(answer.errors.contains("cannot name \(what)"), "\(answer.errors)")
    }
  }

  @Test(arguments: [
    "/etc/passwd", "../outside.json", "a/../../x.json", ".git/hooks/x.json", "victim.txt",
  ]) func aBaselineIsAFileOfTheProject(path: String) throws {
    let desk = try Desk()
    try desk.write(Desk.chain(more: "baseline: \(path)"), to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2 && answer.errors.contains("cannot be a baseline"), "\(answer.errors)")
  }

  @Test func updateReplacesNothingButABaseline() throws {
    let desk = try Desk.ran(Desk.chain(more: "baseline: victim.json"))
    try desk.write("{\"precious\": 1}", to: "victim.json")
    let answer = try desk.slmc("check", "e.yaml", "--update")
    #expect(answer.code == 2 && answer.errors.contains("is no baseline"), "\(answer.errors)")
    #expect(try (desk.folder / "victim.json").readText() == "{\"precious\": 1}")
    (desk.folder / "victim.json").remove()
    try Path("nowhere").linkSymbolically(at: desk.folder / "victim.json")
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 2)
    (desk.folder / "victim.json").remove()
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 0)
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 0)
  }

  @Test func updateFollowsNoLinkOutOfTheProject() throws {
    let desk = try Desk()
    try (desk.folder / "p").createFolders()
    try (desk.folder / "outside").createFolders()
    try desk.write(Desk.chain(more: "baseline: results/b.json"), to: "p/e.yaml")
    try Path("../outside").linkSymbolically(at: desk.folder / "p/results")
    try #require(try desk.slmc("run", "p/e.yaml", "--quiet").code == 0)
    let answer = try desk.slmc("check", "p/e.yaml", "--update")
    #expect(answer.code == 2 && answer.errors.contains("outside of the project"))
    #expect(try (desk.folder / "outside").names().isEmpty)
  }

  /// What a message would quote of a file that is no YAML is nobody's business.
  @Test(arguments: ["secret", "SECRET/secret"]) func onlyYAMLIsReadAsAPipeline(name: String) throws
  {
    let desk = try Desk()
    try desk.write("password: [hunter2\n", to: "secret")
    let path = name.replacing("SECRET", with: desk.folder.description)
    try desk.write("slmc: 1\nexperiment: x\npipeline: \(path)\n", to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2 && answer.errors.contains("there is no pipeline"))
    #expect(!answer.errors.contains("hunter2"))
  }

  @Test func hugeTextsAreRefusedByTheirSize() throws {
    let desk = try Desk()
    let path = try desk.write(Desk.chain(), to: "e.yaml")
    try path.append([UInt8](repeating: UInt8(ascii: "#"), count: 17 << 20))
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("larger than 16 MiB"), "\(answer.errors)")
    try desk.write(
      "slmc: 1\nexperiment: x\n" + (0..<200_000).map { "k\($0): 1\n" }.joined(), to: "keys.yaml")
    let keys = try desk.slmc("plan", "keys.yaml")
    #expect(keys.code == 2)
    #expect(keys.errors.split(separator: "\n").count { $0.contains("unknown key") } <= 50)
  }

  @Test func sweepsAreCountedBeforeTheyAreMade() throws {
    let desk = try Desk()
    let axes = (0..<7).map { "first.a\($0): [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]" }
    let text = Desk.chain().replacing("first.value: [1, 2, 3]", with: axes.joined(separator: ", "))
    try desk.write(text, to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("the sweep has more than 1000000 points"), "\(answer.errors)")
  }

  @Test func aFolderOfSomebodyElseIsNoStore() throws {
    let desk = try Desk()
    try desk.write(Desk.chain(), to: "e.yaml")
    try (desk.folder / "mine").createFolders()
    try desk.write("1", to: "mine/thesis.tex")
    let answer = try desk.slmc("run", "e.yaml", "--store", "mine")
    #expect(answer.code == 6)
    #expect(answer.errors.contains("is no store, and not empty: it holds `thesis.tex`"))
    #expect(try (desk.folder / "mine").names() == ["thesis.tex"])
    (desk.folder / "mine/thesis.tex").remove()
    #expect(try desk.slmc("run", "e.yaml", "--store", "mine", "--quiet").code == 0)
  }

  @Test func declaredFilesAreFiles() throws {
    let desk = try Desk()
    try desk.write(
      Desk.measurement(value: 1, error: 1).replacing(
        "outputs:", with: "files: [input]\n      outputs:"), to: "e.yaml")
    let input = desk.folder / "input"
    try #require(unsafe mkfifo(input.description, 0o644) == 0)
    let pipe = try desk.slmc("plan", "e.yaml")
    #expect(pipe.code == 2 && pipe.errors.contains("it is a FIFO"), "\(pipe.errors)")
    input.remove()
    try input.write([UInt8]())
    try #require(unsafe truncate(input.description, 1 << 40) == 0)
    let giant = try desk.slmc("plan", "e.yaml")
    #expect(giant.code == 2 && giant.errors.contains("larger than 4 GiB"), "\(giant.errors)")
  }

  @Test(arguments: ["partition: \"a\\nb\"", "options: [\"--exclusive\\nb\"]", "qos: \"a\\u0085b\""])
  func linesOfABatchScriptStayLines(setting: String) throws {
    let desk = try Desk()
    try desk.write(
      Desk.chain(more: "profiles: {c: {slurm: {\(setting)}}}"), to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml", "--profile", "c")
    #expect(answer.code == 2 && answer.errors.contains("control character"), "\(answer.errors)")
  }

  /// Texts of a manifest do not speak to the terminal.
  @Test func escapesAreShownAsAMark() throws {
    let desk = try Desk()
    let value = "\"\\e]0;owned\\a\\u202e\\x9b31m\""
    try desk.write(Desk.chain(values: "[\(value), b]"), to: "e.yaml")
    for words in [
      ["run", "e.yaml"], ["plan", "e.yaml"], ["show", "e.yaml"], ["plan", "e.yaml", "--json"],
    ] {
      let answer = try desk.slmc(words)
      for scalar: Unicode.Scalar in ["\u{1B}", "\u{07}", "\u{9B}", "\u{202E}"] {
        #expect(!(answer.output + answer.errors).unicodeScalars.contains(scalar), "\(words)")
      }
    }
  }
}
