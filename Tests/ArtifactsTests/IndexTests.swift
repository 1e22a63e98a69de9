import Artifacts
import ContentHash
import FileSystem
import ScratchFolders
import Testing
import Values

/// The index is a cache: whatever happens to its file costs time only.
@Suite struct IndexTests {
  let scratch: ScratchFolder
  let store: Store
  let maker: Maker
  let file: Path

  init() throws {
    scratch = try ScratchFolder()
    store = try Store(scratch.path / "store")
    maker = Maker(store: store)
    file = store.root / "index-216"
    var index = StoreIndex(store)
    for number in 1...5 { index.add([try maker.commit(number, length: number * 100)]) }
  }

  private func found() -> Int {
    var index = StoreIndex(store)
    return (1...5).count { index.artifact(Maker.recipe($0, length: $0 * 100).key) != nil }
  }

  @Test func allIsFoundWithoutAnIndex() throws {
    #expect(found() == 5)
    file.remove()
    #expect(found() == 5)
    #expect(file.stamp?.size == 5 * 216)
  }

  /// Chains and equal results are known by their records: where those are lost, artifacts make new.
  @Test func familiesAndResultsAreFoundWithoutAnIndex() throws {
    file.remove()
    var index = StoreIndex(store)
    #expect(index.lengths(of: Maker.recipe(3, length: 1).family).map(\.length) == [300])
    file.remove()
    index = StoreIndex(store)
    let result = Maker.recipe(2, length: 200).content(of: []).result
    #expect(index.artifact(result: result)?.key == Maker.recipe(2, length: 200).key)
    // A commit whose record was never written.
    _ = try maker.commit(3, length: 900)
    index = StoreIndex(store)
    #expect(index.lengths(of: Maker.recipe(3, length: 1).family).map(\.length) == [300, 900])
  }

  @Test func aTornOrForeignIndexIsPassedOver() throws {
    let whole = try file.read()
    for length in stride(from: 0, through: whole.count, by: 61) {
      try file.write(Array(whole.prefix(length)))
      #expect(found() == 5)
    }
    for place in stride(from: 0, to: whole.count, by: 7) {
      var bytes = whole
      bytes[place] ^= 0x10
      try file.write(bytes)
      #expect(found() == 5, "byte \(place)")
    }
    try file.write([UInt8](repeating: 0, count: 1000))
    #expect(found() == 5)
  }

  /// Torn by a full disk or by two writers at once: what comes after it is read all the same, here and
  /// by whoever reads on, and the next reader finds a file without damage.
  @Test(arguments: [1, 100, 150, 215]) func aTornRecordBlindsNobody(_ length: Int) throws {
    let early = StoreIndex(store)
    let whole = try file.read()
    try file.append(Array(whole.prefix(length)))
    var writer = StoreIndex(store)
    writer.add([try maker.commit(6, length: 600), try maker.commit(7, length: 700)])
    var reader = early
    reader.refresh()
    for number in 1...7 {
      #expect(reader.contains(Maker.recipe(number, length: number * 100).key), "\(number)")
    }
    // Whoever opens it anew writes it anew.
    let later = StoreIndex(store)
    #expect(later.contains(Maker.recipe(7, length: 700).key))
    #expect(try file.read().count == 7 * 216)
    // And who read the old file goes on in the new one.
    writer = later
    writer.add([try maker.commit(8, length: 800)])
    #expect(reader.refresh().contains(Maker.recipe(8, length: 800).key))
  }

  @Test func aRecordOfAnArtifactThatIsGoneIsNotBelieved() throws {
    try store.setAside(Maker.recipe(3, length: 300).key)
    #expect(found() == 4)
  }

  @Test func lengthsOfAFamily() throws {
    var index = StoreIndex(store)
    index.add([try maker.commit(1, length: 50), try maker.commit(1, length: 400)])
    let family = Maker.recipe(1, length: 1).family
    #expect(index.lengths(of: family).map(\.length) == [50, 100, 400])
    try store.setAside(Maker.recipe(1, length: 100).key)
    #expect(index.lengths(of: family).map(\.length) == [50, 400])
    #expect(index.artifact(result: Maker.recipe(2, length: 200).content(of: []).result) != nil)
    // Also what was added after the first question.
    index.add([try maker.commit(7, length: 1)])
    #expect(index.artifact(result: Maker.recipe(7, length: 1).content(of: []).result) != nil)
    #expect(index.typicalSeconds(kind: "test") == 0.25)
    #expect(index.typicalSeconds(kind: "other") == nil)
  }

  @Test func ratesOfWork() throws {
    var index = StoreIndex(store)
    for (number, (manner, amount, seconds)) in [("a", 1e6, 1.0), ("a", 3e6, 2.0), ("b", 1e7, 1.0)]
      .enumerated()
    {
      let provenance: Record = [
        "cpuSeconds": .number(seconds),
        "effort": .record(["manner": .text(manner), "amount": .number(amount)]),
      ]
      index.add(try store.commit([maker.stage(20 + number, provenance: provenance)]))
    }
    #expect(index.secondsPerUnit(manner: "a", kind: "test") == 3 / 4e6)
    #expect(index.secondsPerUnit(manner: "new", kind: "test") == 1 / 1e7, "as the largest job")
    #expect(index.secondsPerUnit(manner: "a", kind: "other") == nil)
    // The same from the file, by another process.
    #expect(StoreIndex(store).secondsPerUnit(manner: "a", kind: "test") == 3 / 4e6)
  }
}
