import FileSystem
import Testing
import Values

@Suite struct LineageTests {
  @Test func listNamesEveryArtifactAndItsUsers() throws {
    let desk = try Desk.ran()
    let artifacts = try desk.slmc("ls", "--json").json["artifacts"]?.list ?? []
    #expect(Set(artifacts.compactMap { $0["key"]?.text }) == Set(try desk.keys().values))
    let first = try desk.key("a[first.value=1]")
    let entry = try #require(artifacts.first { $0["key"]?.text == first })
    #expect(entry["usedBy"]?.list == [.text(try desk.key("b[first.value=1]"))])
    #expect(entry["experiments"]?.list == ["e"])
    #expect(try desk.slmc("ls").output.contains("6 artifacts"))
    #expect(try desk.slmc("ls", "--unused", "--json").json["artifacts"]?.list == [])
    let wrong = try desk.slmc("ls", "--kind", "constnat")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("did you mean `constant`?"))
  }

  @Test func showTellsAllAboutOneArtifact() throws {
    let desk = try Desk.ran()
    let key = try desk.key("b[first.value=2]")
    let page = try desk.slmc("show", String(key.prefix(8)), "--json").json
    #expect(page["key"]?.text == key)
    #expect(page["parameters"]?["second"]?["value"] == .integer(7))
    #expect(page["inputs"]?["input"]?["key"]?.text == (try desk.key("a[first.value=2]")))
    let dataset = try #require(page["datasets"]?.list?.first)
    #expect(dataset["path"] == "/parameters/second/value")
    #expect(dataset["type"] == "int64")
    #expect(dataset["shape"]?.list == [])
    #expect(page["provenance"]?["host"]?.text?.isEmpty == false)
    let text = try desk.slmc("show", String(key.prefix(8))).output
    #expect(text.contains("second.value  7"))
  }

  @Test func showRefusesADamagedArtifact() throws {
    let desk = try Desk.ran()
    let key = try desk.key("a[first.value=1]")
    try desk.tamper(desk.artifact(key) / "data.h5") { $0[$0.count - 1] ^= 1 }
    let answer = try desk.slmc("show", String(key.prefix(12)))
    #expect(answer.code == 6)
    #expect(answer.errors.contains("damaged"))
  }

  @Test func traceGoesUpAndDown() throws {
    let desk = try Desk.ran()
    let (a, b) = (try desk.key("a[first.value=3]"), try desk.key("b[first.value=3]"))
    let up = try desk.slmc("trace", String(b.prefix(10)), "--json").json["artifacts"]?.list?.first
    #expect(up?["inputs"]?.list?.first?["key"]?.text == a)
    #expect(up?["inputs"]?.list?.first?["slot"] == "input")
    #expect(up?["usedBy"]?.list == [])
    let down = try desk.slmc("trace", "e.yaml#a[first.value=3]", "--json")
      .json["artifacts"]?.list?.first
    #expect(down?["usedBy"]?.list?.first?["key"]?.text == b)
    let text = try desk.slmc("trace", "e.yaml#b").output
    #expect(text.split(separator: "\n").count { $0.hasPrefix("b[") } == 3)
  }

  @Test(arguments: [
    (["trace", "e.yaml#c"], "no stage, job or figure `c`"),
    (["trace", "ffffffff"], "no artifact's key begins with ffffffff"),
    (["trace", "abc"], "too short"), (["show", "nothere.yaml"], "nothere.yaml"),
  ])
  func whatIsNotThereIsSaid(words: [String], message: String) throws {
    let desk = try Desk.ran(Desk.chain(values: "[1]"))
    let answer = try desk.slmc(words)
    #expect(answer.code == 2)
    #expect(answer.errors.contains(message), "\(answer.errors)")
  }

  @Test(arguments: ["ls", "pins", "verify"])
  func lookingAroundMakesNoStore(verb: String) throws {
    let desk = try Desk()
    let answer = try desk.slmc(verb)
    #expect(answer.code == 6)
    #expect(answer.errors.contains("there is no store"))
    #expect(try desk.folder.names().isEmpty)
  }
}
