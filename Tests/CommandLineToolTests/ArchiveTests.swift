import Artifacts
import FileSystem
import Testing
import Values

@Suite struct ArchiveTests {
  private func exported(_ what: String = "e.yaml") throws -> Desk {
    let desk = try Desk.ran()
    let answer = try desk.slmc("export", what, "--output", "out.tar")
    try #require(answer.code == 0, "\(answer.errors)")
    return desk
  }

  /// A folder that has nothing but the archive.
  private func elsewhere(_ desk: Desk) throws -> Desk {
    let other = try Desk()
    try (other.folder / "out.tar").write(try (desk.folder / "out.tar").read())
    return other
  }

  @Test func elsewhereEverythingIsAHit() throws {
    let other = try elsewhere(try exported())
    #expect(try other.slmc("import", "out.tar").code == 0)
    #expect(try other.counts() == (cached: 6, toDo: 0))
    #expect(try other.slmc("verify").code == 0)
    let again = try other.slmc("import", "out.tar")
    #expect(again.output.contains("0 artifacts added, 6 were there already"))
  }

  @Test func declaredFilesTravel() throws {
    let desk = try Desk()
    let text = Desk.measurement(value: 1, error: 1).replacing(
      "outputs:", with: "files: [input.txt]\n      outputs:")
    try desk.write(text, to: "e.yaml")
    try desk.write("7", to: "input.txt")
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    try desk.slmc("export", "e.yaml", "--output", "out.tar")
    let other = try elsewhere(desk)
    try other.slmc("import", "out.tar")
    #expect(try other.counts() == (cached: 1, toDo: 0))
  }

  @Test func equalStoresGiveEqualBytes() throws {
    let desk = try exported()
    try desk.slmc("export", "e.yaml", "--output", "again.tar")
    let bytes = try (desk.folder / "out.tar").read()
    #expect(try (desk.folder / "again.tar").read() == bytes)
  }

  /// What was imported differs in nothing but the mark that it was.
  @Test func whatIsExportedAgainDiffersInItsMarkAlone() throws {
    let desk = try exported()
    let other = try elsewhere(desk)
    try other.slmc("import", "out.tar")
    try other.slmc("export", "e.yaml", "--output", "third.tar")
    let (first, third) = (
      try members(desk.folder / "out.tar"), try members(other.folder / "third.tar")
    )
    #expect(first.map(\.name) == third.map(\.name))
    for (mine, theirs) in zip(first, third) where !mine.name.hasSuffix("/meta.json") {
      #expect(mine.bytes == theirs.bytes, "\(mine.name)")
    }
    for (mine, theirs) in zip(first, third) where mine.name.hasSuffix("/meta.json") {
      var record = try #require(try Value(json: theirs.bytes).record)
      var provenance = try #require(record["provenance"]?.record)
      #expect(provenance["importedFrom"]?["file"] == "out.tar")
      provenance["importedFrom"] = nil
      record["provenance"] = .record(provenance)
      #expect(try Value(json: mine.bytes) == .record(record))
    }
  }

  private func members(_ path: Path) throws -> [(name: String, bytes: [UInt8])] {
    var reader = try TarReader(path)
    var found: [(name: String, bytes: [UInt8])] = []
    while let member = try reader.next() {
      found.append((member.name, try reader.read(limit: member.size)))
    }
    return found
  }

  @Test func tarReadsIt() throws {
    let desk = try exported()
    let list = try desk.system("tar", "tf", "out.tar")
    #expect(list.code == 0)
    #expect(list.output.contains("manifests/e.yaml\n"))
    #expect(list.output.split(separator: "\n").count { $0.hasSuffix("/data.h5") } == 6)
  }

  @Test func onlyTheConeOfAStageTravels() throws {
    let other = try elsewhere(try exported("e.yaml#b[first.value=2]"))
    try other.slmc("import", "out.tar")
    #expect(try other.counts() == (cached: 2, toDo: 4))
  }

  @Test func whatIsNotDoneIsNotExported() throws {
    let desk = try Desk.ran()
    try desk.write(Desk.chain(values: "[1, 9]"), to: "e.yaml")
    let answer = try desk.slmc("export", "e.yaml", "--output", "out.tar")
    #expect(answer.code == 3)
    #expect(try desk.folder.names().filter { $0.hasSuffix(".tar") }.isEmpty)
  }

  @Test func damagedArtifactsDoNotTravel() throws {
    let desk = try Desk.ran()
    let key = try desk.key("a[first.value=1]")
    try desk.tamper(desk.artifact(key) / "data.h5") { $0[$0.count / 2] ^= 1 }
    let answer = try desk.slmc("export", "e.yaml", "--output", "out.tar")
    #expect(answer.code == 6)
    #expect(try desk.folder.names().filter { $0.contains("out.tar") }.isEmpty)
  }

  @Test func filesAreNotReplaced() throws {
    let desk = try exported()
    #expect(try desk.slmc("export", "e.yaml", "--output", "out.tar").code == 2)
    let other = try elsewhere(desk)
    try other.write("mine", to: "e.yaml")
    let answer = try other.slmc("import", "out.tar")
    #expect(answer.code == 0)
    #expect(answer.errors.contains("left as it is"))
    #expect(try (other.folder / "e.yaml").readText() == "mine")
  }

  /// A bit flipped or bytes missing anywhere: refused, or harmless because only padding was hit.
  /// Never is something committed that is not what was exported.
  @Test func damagedArchivesCommitNothingWrong() throws {
    let desk = try exported()
    let bytes = try (desk.folder / "out.tar").read()
    for step in 0..<24 {
      let other = try Desk()
      var damaged = bytes
      let place = (bytes.count - 1) * step / 23
      if step % 3 == 0 { damaged.removeLast(bytes.count - place) } else { damaged[place] ^= 0x20 }
      try (other.folder / "out.tar").write(damaged)
      let answer = try other.slmc("import", "out.tar", "--store", "s")
      #expect([0, 6].contains(answer.code), "\(answer.errors)")
      #expect(try other.slmc("verify", "--store", "s").code == 0)
      if step % 3 == 0 { #expect(answer.code == 6) }
    }
  }

  @Test(arguments: [
    "manifests/../../evil.yaml", "/etc/evil", "artifacts/../x", "manifests//x", "other.txt",
    "artifacts/0123/data.h5",
  ])
  func nothingIsWrittenOutside(name: String) throws {
    let desk = try Desk()
    var writer = try TarWriter(desk.folder / "out.tar")
    try writer.add("slmc-archive.json", Array("{\"format\": \"slmc-archive/1\"}".utf8))
    try writer.add(name, [1, 2, 3])
    try writer.close()
    let answer = try desk.slmc("import", "out.tar", "--output", "inner")
    #expect(answer.code == 6)
    #expect(answer.errors.contains("does not belong"))
    #expect(!(desk.folder / "evil.yaml").exists)
  }

  @Test func anotherFormatIsRefusedByName() throws {
    let desk = try Desk()
    var writer = try TarWriter(desk.folder / "out.tar")
    try writer.add("slmc-archive.json", Array("{\"format\": \"slmc-archive/9\"}".utf8))
    try writer.close()
    let answer = try desk.slmc("import", "out.tar")
    #expect(answer.code == 6)
    #expect(answer.errors.contains("slmc-archive/9"))
  }
}
