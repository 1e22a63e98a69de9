import ContentHash
import Damage
import FileSystem
import Foundation
import Testing
import Values

/// Damaged HDF5 files whose recorded digest was changed along: the bytes that the library is given are
/// then those of somebody who means harm, and only what it makes of them can tell.
@Suite struct DamagedFileTests {
  static let earlier = Path(#filePath).folder.folder / "Fixtures/earlier-store/artifacts"

  /// Puts a copy of an artifact under another key, with a record that fits its damaged bytes.
  private func plant(_ original: Path, _ number: Int, _ data: [UInt8], in desk: Desk) throws {
    let key = Digest(of: Array("planted \(number)".utf8)).description
    let folder = desk.artifact(key)
    try folder.createFolders()
    try (folder / "data.h5").write(data)
    var record = try #require(try Value(json: (original / "meta.json").read()).record)
    record["key"] = .text(key)
    record["file"] = .text(Digest(of: data).description)
    record["bytes"] = .integer(data.count)
    record["state"] = .null
    try (folder / "meta.json").write(Value.record(record).json())
  }

  /// None gets through, and none ends the program that looks.
  @Test(arguments: ["ca", "d7"]) func theAuditRefusesThem(shard: String) throws {
    let shard = Self.earlier / shard
    let original = shard / (try #require(try shard.names().first))
    let whole = try (original / "data.h5").read()
    let desk = try Desk()
    try (desk.store / "format").folder.createFolders()
    try (desk.store / "format").write("slmc-store/1\n")
    var damage = Damage(seed: 1)
    let count = 300
    for number in 0..<count { try plant(original, number, damage.damaged(whole), in: desk) }
    let answer = try desk.slmc("verify", "--json")
    #expect(answer.code == 6, "ended with \(answer.code): \(answer.errors)")
    #expect(try answer.json["damaged"]?.list?.count == count)
  }

  /// A file of one's own may be damaged as well.
  @Test func seriesOfADamagedFile() throws {
    let shard = Self.earlier / "ca"
    let whole = try (shard / (try #require(try shard.names().first)) / "data.h5").read()
    let desk = try Desk()
    var damage = Damage(seed: 2)
    for round in 0..<150 {
      try (desk.folder / "a.h5").write(damage.damaged(whole))
      let answer = try desk.slmc("autocorrelation", "a.h5:/chain/energy", "--json")
      #expect([0, 2].contains(answer.code), "round \(round): \(answer.code) \(answer.errors)")
    }
  }
}
