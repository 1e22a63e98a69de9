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

  /// What a slot belongs to is part of its sum: of another one it is neither loaded nor counted.
  @Test func aSlotOfAnotherBindingIsIgnored() throws {
    let kept = Digest(of: [7])
    var foreign = CheckpointSlots(store, family: family, binding: kept)
    for number in 1...5 { try foreign.save(payload(number)) }
    var own = CheckpointSlots(store, family: family, binding: Digest(of: [8]))
    #expect(own.load() == nil)
    #expect(CheckpointSlots(store, family: family).load() == nil)
    #expect(CheckpointSlots(store, family: family, binding: kept).load() == payload(5))
    try own.save(payload(9))
    #expect(own.load() == payload(9))
    try own.save(payload(10))
    #expect(own.load() == payload(10) && foreign.load() == nil)
  }

  /// The binding follows the contents of the inputs and the kernel, and not the length.
  @Test func whatACheckpointBelongsTo() {
    func binding(_ content: UInt8, _ kernel: String, length: Int, version: Int = 1) -> Digest {
      let recipe = Recipe(
        kind: "chain", version: version, groups: [],
        inputs: [.init(slot: "m", key: Digest(of: [1]))],
        seed: 1, length: length)
      return recipe.binding(of: [("m", Digest(of: [content]))], kernel: kernel)
    }
    let first = binding(2, "Haswell", length: 10)
    #expect(binding(2, "Haswell", length: 20) == first)
    #expect(binding(3, "Haswell", length: 10) != first)
    #expect(binding(2, "Prescott", length: 10) != first)
    #expect(binding(2, "Haswell", length: 10, version: 2) != first)
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
