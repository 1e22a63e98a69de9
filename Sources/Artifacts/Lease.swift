public import ContentHash
internal import FileSystem

/// A claim on a recipe: who works on it. Leases save double work; correctness never rests on them,
/// because a commit is one rename and equal recipes give equal contents.
public struct Lease: Sendable {
  let path: Path
  let holder: String

  /// Says that the holder lives. Watchers compare change, never clocks.
  public func beat() { path.touch() }

  /// Gives the claim back, unless somebody else took it over meanwhile.
  public func release() {
    if (try? path.readText()) == holder { path.remove() }
  }
}

/// What came of asking for a lease.
public enum Claim: Sendable {
  case granted(Lease)
  /// Held by a process that still lives as far as can be told.
  case held(by: String)
}

/// Claims recipes for one process and remembers what it saw of the others.
public struct LeaseBook {
  /// A remote holder whose lease did not change for this long, by our own clock, is taken for dead.
  /// Above what network file systems keep of a file's times in a cache, often 60 s.
  public static let patience: Duration = .seconds(120)
  /// How often a holder beats; far below the patience.
  public static let rhythm: Duration = .seconds(15)

  /// How often to beat for watchers of another patience.
  public static func rhythm(patience: Duration) -> Duration { patience / 8 }

  private let patience: Duration

  private let store: Store
  private let card: HolderCard
  private let clock = ContinuousClock()
  /// Stamp of each foreign lease, and when we first saw it so.
  private var seen: [Digest: (stamp: FileStamp, since: ContinuousClock.Instant)] = [:]
  private var suspects: Set<String> = []

  /// The leases of a store.
  public init(_ store: Store, patience: Duration = Self.patience) {
    self.store = store
    self.patience = patience
    card = HolderCard(store)
  }

  /// Somebody says that a holder is dead, but may be wrong, as of a node that is only cut off: it is
  /// waited for two of its beats and not for all of the patience.
  public mutating func suspect(_ holder: String) { suspects.insert(holder) }

  private func path(_ key: Digest) -> Path { Path("\(store.root)/leases/\(key)") }

  /// Tries to claim a recipe.
  public mutating func claim(_ key: Digest) throws(StoreError) -> Claim {
    let path = path(key)
    let holder = card.holder
    for _ in 0..<8 {
      do {
        try card.post(at: path)
        seen[key] = nil
        return .granted(Lease(path: path, holder: holder))
      } catch let error {
        guard error.isPresent else { throw .system(error, store: store.root) }
      }
      if let living = livingHolder(of: key, at: path) { return .held(by: living) }
      takeAway(path)
    }
    return .held(by: "others")
  }

  /// nil when the holder is dead or the lease is gone.
  private mutating func livingHolder(of key: Digest, at path: Path) -> String? {
    guard let stamp = path.stamp, let text = try? path.readText() else { return nil }
    let identity = ProcessIdentity(tag: text)
    if let identity, identity.hasEnded { return nil }
    // After a power cut nobody has beaten for as long as this machine was down: no need to wait again.
    if identity?.isOfAnotherBoot == true, card.silence(since: stamp) > patience { return nil }
    let now = clock.now
    if let earlier = seen[key], earlier.stamp == stamp {
      if now - earlier.since > (suspects.contains(text) ? patience / 4 : patience) { return nil }
    } else {
      seen[key] = (stamp, now)
    }
    // A lease without a readable holder was cut off while it was written; patience decides.
    return identity?.description ?? "a process that is just starting"
  }

  /// Removes a lease of a holder that somebody who must know, such as a cluster's controller, says is
  /// dead: sooner than patience would.
  public func revoke(_ key: Digest, heldBy holder: String) {
    let path = path(key)
    if (try? path.readText()) == holder { takeAway(path) }
  }

  /// Removes the leases of the dead: those of a holder that was killed after its commit are asked
  /// for by nobody.
  public func sweep() {
    let folder = store.root / "leases"
    for name in (try? folder.names()) ?? [] {
      // What a run needs follows its holder in a line of its own.
      guard let text = try? (folder / name).readText(),
        let identity = ProcessIdentity(tag: String(text.prefix { $0 != "\n" })), identity.hasEnded
      else { continue }
      takeAway(folder / name)
    }
    sweepProgress(folder)
  }

  /// What a job said of itself while it ran outlives it when its run was killed.
  private func sweepProgress(_ folder: Path) {
    let names = Set((try? folder.names()) ?? [])
    for name in names where name.hasSuffix(".progress") {
      if !names.contains(String(name.dropLast(9))) { (folder / name).remove() }
    }
  }

  /// Renames the dead holder's lease away: of several watchers only one succeeds.
  private func takeAway(_ path: Path) {
    let grave = Path(
      "\(store.root)/tmp/\(ProcessIdentity.current.tag).lease-\(path.name.prefix(12))")
    if (try? path.rename(to: grave)) != nil { grave.remove() }
  }
}

/// The file of which a process's leases are hard links: a lease costs a name and no inode. Files that
/// come and go by the thousand make the file system search ever longer for a free one.
private final class HolderCard: Sendable {
  let path: Path
  let holder = ProcessIdentity.current.tag

  init(_ store: Store) { path = store.root / "tmp" / "\(holder).holder" }

  deinit { path.remove() }

  /// How long ago a lease was beaten, both times by the file system's clock.
  func silence(since lease: FileStamp) -> Duration {
    guard path.touch(), let now = path.stamp else { return .zero }
    return .nanoseconds(now.modified - lease.modified)
  }

  /// Links the card as a lease; fails with `isPresent` when there is one.
  func post(at lease: Path) throws(SystemError) {
    do {
      try path.link(at: lease)
    } catch {
      if error.isPresent { throw error }
      if error.isMissing {
        try path.replace(with: Array(holder.utf8))
        if (try? path.link(at: lease)) != nil { return }
      }
      // A file system without hard links, or too many of them.
      try lease.create(Array(holder.utf8))
    }
  }
}
