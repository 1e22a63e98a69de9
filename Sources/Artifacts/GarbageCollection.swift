public import ContentHash
internal import FileSystem
internal import Values

/// What of a store nobody needs: everything that no root reaches through inputs.
///
/// Work in progress is out of reach of it: what a living process holds, reads as an input, or has
/// noted to need stays, whoever asked for it. What is going on is looked at again before each removal.
public struct GarbageCollection: Sendable {
  /// An artifact that nothing needs.
  public struct Item: Sendable {
    /// The artifact's key.
    public let key: Digest
    /// The stage kind that made it.
    public let kind: String
    /// The size of its numbers.
    public let bytes: Int
  }

  /// How many artifacts stay.
  public private(set) var kept = 0
  /// Their size.
  public private(set) var keptBytes = 0
  /// Ascending by key.
  public private(set) var garbage: [Item] = []
  /// Families whose checkpoints belong to no recipe that is needed.
  public private(set) var checkpoints: [Digest] = []
  /// Whether living processes hold leases.
  public let isBusy: Bool
  private let store: Store
  private let logs: [Digest]

  /// - Parameters:
  ///   - roots: keys to keep with all that they are made of.
  ///   - families: chains whose checkpoints are kept.
  ///   - noted: what experiments planned at any time; kept while something runs.
  public init(
    _ store: Store, _ catalog: Catalog, roots: Set<Digest>, families: Set<Digest>,
    noted: Set<Digest>
  ) throws(StoreError) {
    self.store = store
    let leased = Activity(store).leasedKeys
    let running = NeededByRuns(store)
    isBusy = !leased.isEmpty || !running.isEmpty
    var roots = roots.union(leased).union(Self.inputsOfRunningJobs(store)).union(running.keys)
    if isBusy { roots.formUnion(noted) }
    for pin in try store.pins() { roots.insert(pin.key) }
    let reachable = catalog.withInputs(of: roots)
    for artifact in catalog.artifacts {
      if reachable.contains(artifact.key) {
        kept += 1
        keptBytes += artifact.bytes
      } else {
        garbage.append(Item(key: artifact.key, kind: artifact.kind, bytes: artifact.bytes))
      }
    }
    for key in catalog.unreadable where !leased.contains(key) {
      garbage.append(Item(key: key, kind: "damaged", bytes: 0))
    }
    logs = Self.keys(in: "logs", store).filter { !reachable.contains($0) }
    checkpoints =
      isBusy ? [] : Self.keys(in: "checkpoints", store).filter { !families.contains($0) }
  }

  /// The size of all that would go.
  public var bytes: Int { garbage.reduce(0) { $0 + $1.bytes } }

  private static func keys(in folder: String, _ store: Store) -> [Digest] {
    ((try? (store.root / folder).names()) ?? []).compactMap { Digest($0.prefix(64)) }
  }

  /// Workers are given job.json in a scratch folder that names their process.
  private static func inputsOfRunningJobs(_ store: Store) -> [Digest] {
    let scratch = store.root / "tmp"
    return ((try? scratch.names()) ?? []).flatMap { name -> [Digest] in
      guard let owner = ProcessIdentity(tag: name), !owner.hasEnded,
        let text = try? (scratch / name / "job.json").read(), let job = try? Value(json: text)
      else { return [] }
      let inputs = job["inputs"]?.list?.compactMap { $0.list?.dropFirst().first?.text } ?? []
      return (inputs + [job["predecessor"]?.text].compactMap { $0 }).compactMap { Digest($0) }
    }
  }

  /// While something runs, an artifact is not removed before it is so old: whoever made it may be about
  /// to say that it is needed.
  static let grace: Duration = .seconds(600)

  /// So many are removed between two looks at who runs, during which no run can begin.
  private static let batch = 64

  /// Removes the garbage; what somebody claimed or came to need meanwhile is left. Returns what went.
  public func delete() throws(StoreError) -> [Item] {
    var removed: [Item] = []
    for start in stride(from: 0, to: garbage.count, by: Self.batch) {
      removed += try delete(garbage[start..<min(start + Self.batch, garbage.count)])
    }
    let needed = NeededByRuns(store)
    for key in logs where !needed.keys.contains(key) { store.log(of: key).remove() }
    if needed.isEmpty {
      for family in checkpoints { CheckpointSlots(store, family: family).clear() }
    }
    store.sweepScratch()
    return removed
  }

  private func delete(_ items: ArraySlice<Item>) throws(StoreError) -> [Item] {
    guard let exclusive = RunLease.exclusive(store) else { return [] }
    defer { exclusive.release() }
    let needed = NeededByRuns(store)
    let now = needed.isEmpty ? nil : NeededByRuns.clock(of: store)
    var leases = LeaseBook(store)
    var removed: [Item] = []
    for item in items where !needed.keys.contains(item.key) {
      if let now, isYoung(item.key, at: now) { continue }
      guard case .granted(let lease) = try leases.claim(item.key) else { continue }
      defer { lease.release() }
      try store.setAside(item.key)
      removed.append(item)
    }
    return removed
  }

  private func isYoung(_ key: Digest, at now: Int) -> Bool {
    guard let changed = store.folder(of: key).stamp?.changed else { return false }
    return Duration.nanoseconds(now - changed) < Self.grace
  }
}
