import Artifacts
import ContentHash
import FileSystem
import ScratchFolders
import Testing
import Values

/// Catalog, pins, activity and garbage collection on artifacts made without any stage.
@Suite struct CareTests {
  private let scratch: ScratchFolder
  private let store: Store
  private let maker: Maker

  init() throws {
    scratch = try ScratchFolder()
    store = try Store(scratch.path / "store")
    maker = Maker(store: store)
  }

  private func collection(
    roots: Set<Digest> = [], families: Set<Digest> = [], noted: Set<Digest> = []
  ) throws -> GarbageCollection {
    try GarbageCollection(
      store, try Catalog(store), roots: roots, families: families, noted: noted)
  }

  @Test func catalogKnowsWhoUsesWhom() throws {
    // All examples name one input that is not in the store.
    let input = Digest(of: [1])
    var maker = maker
    maker.input = ArtifactMetadata.Input(slot: "from", key: input, content: input)
    for number in 1...3 { try maker.commit(number) }
    let catalog = try Catalog(store)
    #expect(catalog.artifacts.map(\.key) == [1, 2, 3].map(maker.key).sorted())
    #expect(catalog[maker.key(2)]?.parameters["p"] == .integer(2))
    #expect(catalog.users(of: input) == [1, 2, 3].map(maker.key).sorted())
    #expect(catalog[input] == nil)
    #expect(catalog.withInputs(of: [maker.key(1)]) == [maker.key(1), input])
  }

  @Test func unreadableArtifactsAreNamed() throws {
    try maker.commit(1)
    let folder = store.folder(of: maker.key(1))
    try folder.setMode(0o755)
    (folder / "meta.json").remove()
    let catalog = try Catalog(store)
    #expect(catalog.artifacts.isEmpty)
    #expect(catalog.unreadable == [maker.key(1)])
  }

  @Test func keysAreFoundByTheirBeginning() throws {
    for number in 1...5 { try maker.commit(number) }
    let key = maker.key(3)
    #expect(try store.keys(startingWith: String(key.description.prefix(16))) == [key])
    #expect(try store.keys(startingWith: key.description.uppercased()) == [key])
    #expect(try store.keys(startingWith: "").count == 5)
  }

  @Test func pinsAreKeptWithTheirNotes() throws {
    try store.pin(maker.key(1), note: "figure 1")
    try store.pin(maker.key(2), note: "")
    try store.pin(maker.key(1), note: "figure 2")
    let pins = try store.pins()
    #expect(pins.first { $0.key == maker.key(1) }?.note == "figure 2")
    #expect(pins.count == 2)
    #expect(store.unpin(maker.key(1)))
    #expect(!store.unpin(maker.key(1)))
    #expect(try store.pins().map(\.key) == [maker.key(2)])
  }

  @Test func onlyWhatNoRootReachesIsGarbage() throws {
    for number in 1...4 { try maker.commit(number) }
    try store.pin(maker.key(2), note: "")
    let collection = try collection(roots: [maker.key(1)])
    #expect(collection.garbage.map(\.key) == [3, 4].map(maker.key).sorted())
    #expect(collection.kept == 2)
    #expect(collection.bytes > 0)
    #expect(store.folder(of: maker.key(3)).exists)
    #expect(try collection.delete().count == 2)
    #expect(try store.keys() == [1, 2].map(maker.key).sorted())
    #expect(try (store.root / "tmp").names().isEmpty)
    #expect(try (store.root / "leases").names().isEmpty)
  }

  /// Somebody began to work on a recipe between the look and the removal.
  @Test func whatIsClaimedMeanwhileStays() throws {
    try maker.commit(1)
    try maker.commit(2)
    let collection = try collection()
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(maker.key(1)) else {
      Issue.record("the lease was not granted")
      return
    }
    #expect(try collection.delete().map(\.key) == [maker.key(2)])
    #expect(store.folder(of: maker.key(1)).exists)
    lease.release()
  }

  @Test func whileSomethingRunsNotedWorkStays() throws {
    try maker.commit(1)
    try maker.commit(2)
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(maker.key(9)) else {
      Issue.record("the lease was not granted")
      return
    }
    let busy = try collection(noted: [maker.key(1)])
    #expect(busy.isBusy)
    #expect(busy.garbage.map(\.key) == [maker.key(2)])
    lease.release()
    #expect(try collection(noted: [maker.key(1)]).garbage.count == 2)
  }

  /// A run says what it needs before it looks; what began after gc looked is seen before each removal.
  @Test func whatARunNeedsStays() throws {
    for number in 1...3 { try maker.commit(number) }
    let before = try collection()
    #expect(before.garbage.count == 3)
    let lease = try #require(RunLease(store, keys: [maker.key(1)]))
    #expect(try collection().garbage.map(\.key) == [2, 3].map(maker.key).sorted())
    #expect(try before.delete().isEmpty, "what is young stays while somebody runs")
    lease.release()
    #expect(try before.delete().count == 3)
    #expect(try (store.root / "leases").names().isEmpty)
  }

  @Test func theNeedsOfTheDeadAreForgotten() throws {
    try maker.commit(1)
    let own = ProcessIdentity.current
    let lease = try #require(RunLease(store, keys: [maker.key(1)]))
    let path = store.root / "leases/run-\(own.tag)"
    let text = try path.read()
    lease.release()
    let dead = "\(own.host)~\(own.boot)~\(own.space ?? "")~4194305~7"
    let body = text.drop { $0 != UInt8(ascii: "\n") }
    try (store.root / "leases/run-\(dead)").write(Array(dead.utf8) + body)
    #expect(try collection().garbage.count == 1)
    #expect(try (store.root / "leases").names().isEmpty)
  }

  @Test func checkpointsGoWithTheirChains() throws {
    var needed = CheckpointSlots(store, family: Digest(of: [1]))
    var orphan = CheckpointSlots(store, family: Digest(of: [2]))
    try needed.save([1])
    try orphan.save([2])
    let collection = try collection(families: [Digest(of: [1])])
    #expect(collection.checkpoints == [Digest(of: [2])])
    _ = try collection.delete()
    #expect(CheckpointSlots(store, family: Digest(of: [1])).load() == [1])
    #expect(CheckpointSlots(store, family: Digest(of: [2])).load() == nil)
  }

  @Test func activityIsReadFromFiles() throws {
    let recipe = Maker.recipe(1, length: 10)
    func name(_ state: Activity.State) -> String {
      switch state {
      case .idle: "idle"
      case .running: "running"
      case .interrupted(let hasCheckpoint): hasCheckpoint ? "checkpoint" : "interrupted"
      case .failed(let log): "failed: \(log.last ?? "")"
      }
    }
    func now() -> String { name(Activity(store).state(of: recipe)) }
    #expect(now() == "idle")
    try store.log(of: recipe.key).write("chain: begins\n")
    #expect(now() == "interrupted")
    var slots = CheckpointSlots(store, family: recipe.family)
    try slots.save([1])
    #expect(now() == "checkpoint")
    try store.log(of: recipe.key).write("chain: begins\nerror: no memory\n")
    #expect(now() == "failed: error: no memory")
    var book = LeaseBook(store)
    if case .granted = try book.claim(recipe.key) {}
    #expect(now() == "running")
    #expect(Activity(store).leasedKeys == [recipe.key])
  }
}
