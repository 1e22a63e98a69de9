import Artifacts
import ContentHash
import FileSystem
import Glibc
import Testing
import Values

/// An archive is somebody else's: it may plant nothing in a store, in the project or on the terminal.
@Suite struct HostileArchiveTests {
  private typealias Member = (name: String, bytes: [UInt8])

  private static let description: Member = (
    "slmc-archive.json", Array(#"{"format": "slmc-archive/1"}"#.utf8)
  )

  private func write(_ members: [Member], to path: Path) throws {
    var writer = try TarWriter(path)
    for member in [Self.description] + members { try writer.add(member.name, member.bytes) }
    try writer.close()
  }

  /// Two runs of one stage, and the archive that lays the second's content under the first's key.
  private func forged(_ change: (inout Record) -> Void) throws -> Desk {
    let desk = try Desk.ran(Desk.chain(values: "[1, 2]"))
    let key = try desk.key("a[first.value=1]")
    let other = desk.artifact(try desk.key("a[first.value=2]"))
    var meta = try Self.meta(desk.artifact(key))
    let false_ = try Self.meta(other)
    for name in ["content", "file", "bytes"] { meta[name] = false_[name] }
    change(&meta)
    let target = try Desk()
    try target.write(Desk.chain(values: "[1]"), to: "e.yaml")
    try write(
      [
        ("artifacts/\(key)/data.h5", try (other / "data.h5").read()),
        ("artifacts/\(key)/meta.json", Array(Value.record(meta).json().utf8)),
      ], to: target.folder / "x.tar")
    return target
  }

  private static func meta(_ folder: Path) throws -> Record {
    try #require(try Value(json: try (folder / "meta.json").read()).record)
  }

  @Test(arguments: [
    ("version", "do not give its key"), ("kind", "do not give its key"),
    ("older version", "nothing vouches"), ("older kind", "nothing vouches"),
    ("older parameters", "do not give its key"), ("groups", "do not give its key"),
    ("parameters", "do not give its key"), ("result", "do not give its result"),
  ]) func contentUnderAKeyThatIsNotItsOwnIsRefused(change: String, words: String) throws {
    let desk = try forged { meta in
      if change.hasPrefix("older") { meta["groups"] = nil }
      switch change.split(separator: " ").last {
      case "version": meta["version"] = .integer(999)
      case "kind": meta["kind"] = .text("nonsense")
      case "groups": meta["groups"] = .record(["first": meta["content"] ?? .null])
      case "parameters": meta["parameters"] = .record(["first": .record(["value": .integer(5)])])
      default: meta["result"] = meta["content"]
      }
    }
    let answer = try desk.slmc("import", "x.tar")
    #expect(answer.code == 6 && answer.errors.contains(words), "\(answer.errors)")
    #expect(try desk.counts().cached == 0)
    #expect(try desk.slmc("verify").output.contains("0 artifacts"))
  }

  /// The same in the store itself, where no import looked at it: absent for the plan.
  @Test(arguments: [false, true]) func whatDoesNotFitIsAbsentForThePlan(older: Bool) throws {
    let desk = try Desk.ran(Desk.chain(values: "[1]"))
    let key = try desk.key("b[first.value=1]")
    try desk.tamper(desk.artifact(key) / "meta.json") { bytes in
      var text = String(decoding: bytes, as: UTF8.self).replacing(
        "\"version\": 1", with: "\"version\": 999")
      let groups = /"groups": \{[^}]*\},?/
      if older { text = text.replacing(groups, with: "") }
      bytes = Array(text.utf8)
    }
    for name in try desk.store.names() where name.hasPrefix("index-") {
      (desk.store / name).remove()
    }
    #expect(try desk.counts() == (cached: 1, toDo: 1))
    let verified = try desk.slmc("verify")
    #expect(verified.code == (older ? 0 : 6))
    if older { #expect(verified.output.contains("nothing vouches for their keys")) }
    #expect(try desk.slmc("run", "e.yaml").code == 0)
    #expect(try desk.counts() == (cached: 2, toDo: 0))
  }

  /// A false content under a true recipe cannot be told by hashes; it says where it came from, for
  /// ever, and made again it shows.
  @Test func whatIsImportedSaysSoAndIsToldByMakingItAgain() throws {
    let desk = try forged { _ in }
    #expect(try desk.slmc("import", "x.tar").code == 0)
    let key = try desk.key("a[first.value=1]")
    let mark = try #require(try Self.meta(desk.artifact(key))["provenance"]?["importedFrom"])
    let archive = Digest(of: try (desk.folder / "x.tar").read())
    #expect(mark["archive"]?.text == archive.description && mark["file"] == "x.tar")
    let words = "from x.tar (archive \(archive.short))"
    #expect(try desk.slmc("show", key).output.contains(words))
    #expect(try desk.slmc("trace", key).output.contains(words))
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    #expect(try desk.slmc("trace", "e.yaml#b").output.contains(words))
    #expect(try desk.slmc("report", "e.yaml").code == 0)
    let page = try (desk.folder / "results/e/report.html").readText()
    #expect(page.contains("x.tar (archive \(archive.short))"))
    #expect(try desk.slmc("verify").code == 0)
    let again = try desk.slmc("verify", "--recompute", "9")
    #expect(again.code == 6)
    #expect(again.output.contains("constant \(key.prefix(12)) came out differently"))
    #expect(again.output.contains("imported from x.tar"))
    #expect(again.output.contains("2 of 2 made again, 1 differ"))
  }

  @Test(arguments: [
    "manifests/.slmc/pins/x", "manifests/.git/hooks/pre-commit", "manifests/.bashrc",
    "manifests/a/.github/x.yml", "manifests/Makefile", "manifests/docker-compose.yml",
    "manifests/x.json", "manifests/experiments/e.yaml", "manifests/\u{1B}]0;owned\u{07}x.yaml",
  ]) func onlyManifestsAndDeclaredFilesAreWritten(name: String) throws {
    let desk = try Desk()
    let text = name.contains("experiments") ? "slmc: [1" : "services: {}"
    try write([(name, Array(text.utf8))], to: desk.folder / "x.tar")
    let answer = try desk.slmc("import", "x.tar")
    #expect(answer.code == 6 && answer.errors.contains("does not belong"), "\(answer.errors)")
    #expect(try Set(desk.folder.names()).isSubset(of: [".slmc", "x.tar"]))
    #expect(!(answer.errors + answer.output).contains("\u{1B}"))
  }

  /// A file that an artifact read comes with it, if it is that file.
  @Test(arguments: [true, false]) func declaredFilesAreThoseThatWereRead(honest: Bool) throws {
    let desk = try Desk()
    try desk.write(
      Desk.measurement(value: 1, error: 1).replacing(
        "outputs:", with: "files: [Makefile]\n      outputs:"), to: "e.yaml")
    try desk.write("all:", to: "Makefile")
    try (desk.folder / "Makefile").setMode(0o755)
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    let folder = desk.artifact(try desk.key("fit"))
    let key = folder.name
    let other = try Desk()
    try write(
      [
        ("manifests/Makefile", Array((honest ? "all:" : "evil:").utf8)),
        ("artifacts/\(key)/data.h5", try (folder / "data.h5").read()),
        ("artifacts/\(key)/meta.json", try (folder / "meta.json").read()),
      ], to: other.folder / "x.tar")
    #expect(try other.slmc("import", "x.tar").code == (honest ? 0 : 6))
    #expect((other.folder / "Makefile").exists == honest)
    #expect(unsafe access((other.folder / "Makefile").description, X_OK) != 0)
  }

  @Test func noLinkIsFollowedOutOfTheFolder() throws {
    let desk = try Desk()
    let manifest = Array(Desk.chain().utf8)
    try (desk.folder / "outside").createFolders()
    try (desk.folder / "inner").createFolders()
    try Path("../outside").linkSymbolically(at: desk.folder / "inner/link")
    try write([("manifests/link/evil.yaml", manifest)], to: desk.folder / "x.tar")
    let answer = try desk.slmc("import", "x.tar", "--output", "inner")
    #expect(answer.code == 6 && answer.errors.contains("through the link"), "\(answer.errors)")
    #expect(try (desk.folder / "outside").names().isEmpty)
    try write([("manifests/store/artifacts/evil.yaml", manifest)], to: desk.folder / "y.tar")
    let stored = try desk.slmc("import", "y.tar", "--store", "store")
    #expect(stored.code == 6 && stored.errors.contains("into the store"), "\(stored.errors)")
  }

  @Test func whatIsListedIsWhatIsThere() throws {
    let desk = try Desk()
    var writer = try TarWriter(desk.folder / "x.tar")
    let description = #"{"format": "slmc-archive/1", "manifests": ["a.yaml"]}"#
    try writer.add("slmc-archive.json", Array(description.utf8))
    for name in ["a", "b"] { try writer.add("manifests/\(name).yaml", Array(Desk.chain().utf8)) }
    try writer.close()
    let answer = try desk.slmc("import", "x.tar")
    #expect(
      answer.code == 6 && answer.errors.contains("`manifests/b.yaml` is not what the archive"))
    #expect(!(desk.folder / "a.yaml").exists)
    try write([("manifests/a.yaml", [1]), ("manifests/a.yaml", [2])], to: desk.folder / "y.tar")
    #expect(try desk.slmc("import", "y.tar").errors.contains("twice"))
  }

  /// A giant of holes costs neither memory nor disk: its size is compared before it is read.
  @Test func aGiantMemberIsRefusedByItsSize() throws {
    let desk = try Desk.ran(Desk.chain(values: "[1]"))
    let folder = desk.artifact(try desk.key("a[first.value=1]"))
    let name = "artifacts/\(folder.name)/data.h5"
    let target = try Desk()
    let giant = target.folder / "giant"
    try giant.write([UInt8]())
    try #require(unsafe truncate(giant.description, 1 << 20) == 0)
    var writer = try TarWriter(target.folder / "x.tar")
    try writer.add(Self.description.name, Self.description.bytes)
    try writer.add("artifacts/\(folder.name)/meta.json", try (folder / "meta.json").read())
    try writer.add(name, file: giant)
    try writer.close()
    let answer = try target.slmc("import", "x.tar")
    #expect(answer.code == 6 && answer.errors.contains("is not what was exported"))
    #expect(try (target.store / "tmp").names().isEmpty)
  }

  @Test func aPipeIsNoArchive() throws {
    let desk = try Desk()
    try #require(unsafe mkfifo((desk.folder / "x.tar").description, 0o644) == 0)
    let answer = try desk.slmc("import", "x.tar")
    #expect(answer.code == 6 && answer.errors.contains("cannot be read as a file"))
  }
}
