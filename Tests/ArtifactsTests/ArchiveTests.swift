import Artifacts
import FileSystem
import ScratchFolders
import Testing

@Suite struct ArchiveTests {
  private let scratch: ScratchFolder
  private let archive: Path

  init() throws {
    scratch = try ScratchFolder()
    archive = scratch.path / "a.tar"
  }

  private func write(_ files: [(name: String, bytes: [UInt8])]) throws {
    var writer = try TarWriter(archive)
    for file in files { try writer.add(file.name, file.bytes) }
    try writer.close()
  }

  private func read() throws -> [(name: String, bytes: [UInt8])] {
    var reader = try TarReader(archive)
    var files: [(name: String, bytes: [UInt8])] = []
    while let member = try reader.next() {
      files.append((member.name, try reader.read(limit: member.size)))
    }
    return files
  }

  @Test(arguments: [0, 1, 511, 512, 513, 70_000])
  func filesComeBackWhateverTheirSize(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try write([("first", bytes), ("folder/second", [7])])
    let files = try read()
    #expect(files.map(\.name) == ["first", "folder/second"])
    #expect(files.map(\.bytes) == [bytes, [7]])
    #expect(try archive.read().count % 512 == 0)
  }

  /// 100 bytes fit as they are; beyond that folders move to the prefix of 155.
  @Test(arguments: [(0, 100), (10, 95), (155, 100), (120, 3)])
  func longNamesAreSplitAtAFolder(folder: Int, rest: Int) throws {
    let prefix = folder == 0 ? "" : String(repeating: "f", count: folder) + "/"
    let name = prefix + String(repeating: "n", count: rest)
    try write([(name, [1])])
    #expect(try read().map(\.name) == [name])
  }

  @Test(arguments: [101, 300])
  func namesThatDoNotFitAreRefused(length: Int) throws {
    var writer = try TarWriter(archive)
    #expect(throws: ArchiveError.self) {
      try writer.add(String(repeating: "n", count: length), [])
    }
  }

  @Test func anAbandonedArchiveLeavesNothing() throws {
    func begin() throws {
      var writer = try TarWriter(archive)
      try writer.add("a", [1, 2, 3])
    }
    try begin()
    #expect(try scratch.path.names().isEmpty)
  }

  /// Cut anywhere, or with a byte of a header changed, an archive is refused; it is never read past
  /// its end, and a claimed size asks for no memory.
  @Test func cutAndDamagedArchivesAreRefused() throws {
    try write([("a", [UInt8](repeating: 1, count: 700)), ("b", [2])])
    let whole = try archive.read()
    for length in stride(from: 0, to: whole.count - 1024, by: 97) {
      try archive.write(whole.prefix(length))
      #expect(throws: ArchiveError.self, "\(length)") { try read() }
    }
    for place in [0, 124, 130, 148, 156, 257] {
      var damaged = whole
      damaged[place] ^= 0x01
      try archive.write(damaged)
      #expect(throws: ArchiveError.self, "\(place)") { try read() }
    }
  }

  @Test func linksAreNotLetThrough() throws {
    try write([("a", [])])
    var bytes = try archive.read()
    // A symbolic link, with a sum that is right again: '2' is two above '0'.
    bytes[156] = UInt8(ascii: "2")
    let sum =
      bytes[0..<148].reduce(0) { $0 + Int($1) } + 8 * 32
      + bytes[156..<512].reduce(0) { $0 + Int($1) }
    let digits = Array(String(sum, radix: 8).utf8)
    for place in 148..<154 { bytes[place] = UInt8(ascii: "0") }
    for (offset, digit) in digits.enumerated() { bytes[154 - digits.count + offset] = digit }
    try archive.write(bytes)
    #expect(throws: ArchiveError.self) { try read() }
  }

  @Test func whatIsNoFileIsSaid() throws {
    #expect(throws: ArchiveError.self) { _ = try TarReader(scratch.path / "nothere") }
    #expect(throws: ArchiveError.self) { _ = try TarReader(scratch.path) }
  }
}
