import Artifacts
import ContentHash
import FileSystem
import Glibc
import ScratchFolders
import Testing
import Values

@Suite struct StoreTests {
  let scratch: ScratchFolder
  let store: Store
  let maker: Maker

  init() throws {
    scratch = try ScratchFolder()
    store = try Store(scratch.path / "store")
    maker = Maker(store: store)
  }

  @Test func whatIsCommittedComesBack() throws {
    let record = try maker.commit(1)
    let metadata = try store.verified(maker.key(1))
    #expect(metadata.content == record.content && metadata.cpuSeconds == 0.25)
    #expect(ArtifactMetadata(metadata.value)?.value == metadata.value)
    #expect(store.state(of: metadata) == [1, 2, 3])
    #expect(try store.keys() == [maker.key(1)])
    #expect(try (store.root / "tmp").names().isEmpty)
  }

  @Test func aDescriptionThatLacksAFieldIsNone() throws {
    try maker.commit(1)
    let whole = try #require(try store.metadata(of: maker.key(1)).value.record)
    let optional = ["length", "seed", "state", "groups"]
    for name in whole.names where !optional.contains(name) {
      var part = whole
      part[name] = nil
      #expect(ArtifactMetadata(.record(part)) == nil, "\(name)")
    }
  }

  @Test func filesAreReadOnly() throws {
    try maker.commit(1)
    for name in try store.folder(of: maker.key(1)).names() {
      var status = stat()
      let path = store.folder(of: maker.key(1)) / name
      #expect(unsafe stat(path.description, &status) == 0)
      #expect(status.st_mode & 0o222 == 0, "\(name)")
    }
  }

  /// A program that a stage calls may write where it should not.
  @Test func nothingButAnArtifactsFilesIsCommitted() throws {
    let made = try maker.stage(1)
    try (made.staging.folder / "stranger").write("x")
    try (made.staging.folder / "folder").createFolders()
    _ = try store.commit([made])
    #expect(
      try store.folder(of: maker.key(1)).names() == ["data.h5", "meta.json", "state.bin"])
  }

  @Test func theFirstOfTwoEqualCommitsStays() throws {
    let first = try maker.stage(1)
    let second = try maker.stage(1, label: "again")
    _ = try store.commit([first])
    let inode = store.data(of: maker.key(1)).stamp?.inode
    _ = try store.commit([second])
    #expect(store.data(of: maker.key(1)).stamp?.inode == inode)
    #expect(try (store.root / "tmp").names().isEmpty)
  }

  @Test func differentContentsOfOneRecipeAreReported() throws {
    try maker.commit(1)
    let error = #expect(throws: StoreError.self) { try maker.commit(1, value: 7) }
    #expect(error?.description.contains("gave different contents") == true)
    #expect(try store.verified(maker.key(1)).content == maker.commit(1).content)
  }

  static let damages: [(name: String, damage: @Sendable (Path) throws -> Void)] = [
    (
      "a byte of data.h5 changed",
      { folder in
        var bytes = try (folder / "data.h5").read()
        bytes[bytes.count / 2] ^= 1
        try overwrite(folder / "data.h5", bytes)
      }
    ),
    (
      "data.h5 truncated",
      { folder in
        try overwrite(folder / "data.h5", try (folder / "data.h5").read().dropLast(100))
      }
    ),
    ("data.h5 empty", { folder in try overwrite(folder / "data.h5", []) }),
    ("data.h5 removed", { folder in (folder / "data.h5").remove() }),
  ]

  private static func overwrite(_ path: Path, _ bytes: some Sequence<UInt8>) throws {
    try path.setMode(0o644)
    try path.write(Array(bytes))
  }

  @Test(arguments: damages.indices) func damageIsNoticed(_ row: Int) throws {
    let (name, damage) = Self.damages[row]
    try maker.commit(1)
    var index = StoreIndex(store)
    #expect(index.artifact(maker.key(1)) != nil)
    try damage(store.folder(of: maker.key(1)))
    #expect(index.artifact(maker.key(1)) == nil, "\(name)")
    var fresh = StoreIndex(store)
    #expect(fresh.artifact(maker.key(1)) == nil, "\(name)")
    #expect(throws: StoreError.self) { try store.verified(maker.key(1)) }
    // The next commit takes the damaged one's place.
    try maker.commit(1)
    #expect(try store.verified(maker.key(1)).bytes > 0)
  }

  @Test func aChangedStateIsNotContinued() throws {
    try maker.commit(1)
    let metadata = try store.verified(maker.key(1))
    try Self.overwrite(store.folder(of: maker.key(1)) / "state.bin", [1, 2, 4])
    #expect(store.state(of: metadata) == nil)
  }

  @Test func aForeignDescriptionIsNoticed() throws {
    let record = try maker.commit(1)
    try maker.commit(2)
    let meta = store.folder(of: maker.key(1)) / "meta.json"
    try Self.overwrite(meta, try (store.folder(of: maker.key(2)) / "meta.json").read())
    #expect(throws: StoreError.self) { try store.metadata(of: maker.key(1)) }
    #expect(!StoreIndex(store).isDescribed(record))
    try Self.overwrite(meta, Array("{".utf8))
    #expect(throws: StoreError.self) { try store.metadata(of: maker.key(1)) }
  }

  @Test func aStoreOfAnotherFormatIsRefused() throws {
    try (store.root / "format").write("slmc-store/0\n")
    let error = #expect(throws: StoreError.self) { try Store(scratch.path / "store") }
    #expect(error?.description.contains("has the format 'slmc-store/0'") == true)
  }

  @Test func scratchOfTheDeadIsSweptAndOfTheLivingKept() throws {
    _ = try maker.stage(1)
    let own = try (store.root / "tmp").names()
    let identity = ProcessIdentity.current
    let dead = "\(identity.host)~\(identity.boot)~\(identity.pid)~\(identity.began + 1).x"
    let reboot = "\(identity.host)~0000~1~1.x"
    let remote = "elsewhere~0000~1~1.x"
    for name in [dead, reboot, remote, "unnamed"] {
      try scratch.write("x", to: "store/tmp/\(name)/f")
    }
    store.sweepScratch()
    #expect(try (store.root / "tmp").names().sorted() == (own + [remote, "unnamed"]).sorted())
  }
}
