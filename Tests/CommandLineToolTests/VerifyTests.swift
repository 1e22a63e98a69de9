import FileSystem
import Testing
import Values

@Suite struct VerifyTests {
  @Test func aFreshStoreIsWhole() throws {
    let desk = try Desk.ran()
    let answer = try desk.slmc("verify", "--json")
    #expect(answer.code == 0)
    #expect(try answer.json["checked"] == .integer(6))
    #expect(try answer.json["damaged"]?.list == [])
  }

  private typealias Change = (inout [UInt8]) -> Void

  /// What somebody or some disk does to a committed file, and what verify has to say of it.
  @Test(arguments: [
    ("data.h5", "flip", "not what was committed"), ("data.h5", "cut", "not what was committed"),
    ("meta.json", "cut", "not readable"), ("meta.json", "parameter", "do not give its key"),
    ("meta.json", "digest", "not what was committed"),
    ("meta.json", "result", "do not give its result"),
  ])
  func damageIsFoundAndMended(file: String, kind: String, reason: String) throws {
    let desk = try Desk.ran()
    let key = try desk.key("b[first.value=2]")
    try desk.tamper(desk.artifact(key) / file) { bytes in
      switch kind {
      case "flip": bytes[bytes.count / 2] ^= 0x10
      case "cut": bytes.removeLast(bytes.count / 3)
      default: bytes = Self.edit(bytes, kind)
      }
    }
    let found = try desk.slmc("verify", "--json")
    #expect(found.code == 6)
    let damaged = try found.json["damaged"]?.list ?? []
    #expect(damaged.compactMap { $0["key"]?.text } == [key])
    #expect(damaged.first?["reason"]?.text?.contains(reason) == true, "\(damaged)")
    let mended = try desk.slmc("verify", "--repair")
    #expect(mended.code == 0)
    #expect(mended.output.contains("removed"))
    #expect(!desk.artifact(key).exists)
    #expect(try desk.slmc("verify").code == 0)
    #expect(try desk.counts().toDo == 1, "only what was damaged has to run again")
    try desk.slmc("run", "e.yaml", "--quiet")
    #expect(try desk.counts().cached == 6)
  }

  private static func edit(_ bytes: [UInt8], _ kind: String) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    switch kind {
    case "parameter": text = text.replacing("\"value\": 7", with: "\"value\": 9")
    case "digest":
      text = text.replacing(/"file": "[0-9a-f]{8}/, with: "\"file\": \"00000000")
    default:
      text = text.replacing(/"result": "[0-9a-f]{8}/, with: "\"result\": \"00000000")
    }
    return Array(text.utf8)
  }

  @Test func aStrangerInAnArtifactIsFound() throws {
    let desk = try Desk.ran()
    let key = try desk.key("a[first.value=1]")
    try desk.artifact(key).setMode(0o755)
    try (desk.artifact(key) / "notes.txt").write("mine")
    let answer = try desk.slmc("verify", String(key.prefix(8)))
    #expect(answer.code == 6)
    #expect(answer.output.contains("notes.txt"))
  }

  @Test func onlyTheNamedArtifactsAreChecked() throws {
    let desk = try Desk.ran()
    let key = try desk.key("a[first.value=1]")
    try desk.tamper(desk.artifact(key) / "data.h5") { $0[0] ^= 1 }
    let other = try desk.key("a[first.value=2]")
    #expect(try desk.slmc("verify", other, "--json").json["checked"] == .integer(1))
    #expect(try desk.slmc("verify", other).code == 0)
    #expect(try desk.slmc("verify", key).code == 6)
  }
}
