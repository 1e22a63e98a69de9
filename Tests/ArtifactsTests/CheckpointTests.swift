import Artifacts
import ContentHash
import FileSystem
import ScratchFolders
import Testing

@Suite struct CheckpointTests {
  let scratch: ScratchFolder
  let store: Store
  let family = Digest(of: [1])
  var folder: Path { store.root / "checkpoints/\(family)" }

  init() throws {
    scratch = try ScratchFolder()
    store = try Store(scratch.path / "store")
  }

  private func payload(_ number: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(number), count: 1000 + number)
  }

  @Test func theNewestIsLoaded() throws {
    var slots = CheckpointSlots(store, family: family)
    #expect(slots.load() == nil)
    for number in 1...5 {
      try slots.save(payload(number))
      #expect(CheckpointSlots(store, family: family).load() == payload(number))
    }
    #expect(try folder.names() == ["even", "odd"])
    // Another process goes on with the numbering.
    var later = CheckpointSlots(store, family: family)
    try later.save(payload(6))
    #expect(slots.load() == payload(6))
    slots.clear()
    #expect(slots.load() == nil)
  }

  /// Whatever happens to one slot, the other is loaded; nothing damaged ever is.
  @Test func aDamagedSlotGivesTheOneBefore() throws {
    var slots = CheckpointSlots(store, family: family)
    try slots.save(payload(1))
    try slots.save(payload(2))
    let newest = folder / "even"
    let whole = try newest.read()
    for length in stride(from: 0, to: whole.count, by: 97) {
      try newest.write(Array(whole.prefix(length)))
      #expect(slots.load() == payload(1))
    }
    for place in stride(from: 0, to: whole.count, by: 13) {
      var bytes = whole
      bytes[place] ^= 4
      try newest.write(bytes)
      #expect(slots.load() == payload(1), "byte \(place)")
    }
    try newest.write(whole + [0])
    #expect(slots.load() == payload(1))
    try (folder / "odd").write([])
    #expect(slots.load() == nil)
  }
}
