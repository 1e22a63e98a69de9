public import ContentHash
internal import FileSystem
internal import Glibc

/// What a run needs from its plan to its end, for whoever would remove things: a file that names the
/// keys and is beaten like any lease. It claims nothing, so several runs may need one artifact.
public struct RunLease: Sendable {
  private let path: Path
  private let isShared: Bool

  /// A run that did not beat for so long, by the file system's clock, is taken for dead where it cannot
  /// be looked up. Removing waits for nobody, so this is far above what a slow network costs.
  static let patience: Duration = .seconds(600)

  /// Posts it. Looking at the store comes after: what is found then is not removed any more. nil where
  /// the store cannot be written; then there is no run to protect either.
  ///
  /// - Parameter group: the name of runs that need the same and take over from each other, as workers
  ///   of a cluster do; it goes when nobody beats it any more.
  public init?(_ store: Store, keys: some Sequence<Digest>, group: String? = nil) {
    let owner = ProcessIdentity.current.tag
    path = store.root / "leases" / "run-\(group ?? owner)"
    isShared = group != nil
    var bytes = Array("\(group == nil ? owner : "")\n".utf8)
    for key in Set(keys) { bytes += key.bytes }
    if isShared, path.touch(), path.stamp?.size == bytes.count { return }
    // Not while somebody removes: it would have looked before and removed after.
    guard let guardLease = Self.exclusive(store) else { return nil }
    defer { guardLease.release() }
    guard (try? path.replace(with: bytes)) != nil else { return nil }
  }

  /// Says that the run is still alive.
  public func beat() { path.touch() }

  /// This run is over; others of its group may go on.
  public func release() { if !isShared { path.remove() } }

  /// All is done that any run of the group would do.
  public func end() { path.remove() }

  /// Nobody of a group will go on.
  public static func end(group: String, in store: Store) {
    (store.root / "leases" / "run-\(group)").remove()
  }

  /// Held while runs are looked at and things removed, and while a run says what it needs. nil where the
  /// store cannot be written, or when a remover of another host stays silent for long.
  static func exclusive(_ store: Store) -> Lease? {
    var book = LeaseBook(store)
    let key = Digest(of: Array("slmc-removal".utf8))
    let deadline = ContinuousClock.now + LeaseBook.patience * 2
    while ContinuousClock.now < deadline {
      guard let claim = try? book.claim(key) else { return nil }
      if case .granted(let lease) = claim { return lease }
      usleep(3_000)
    }
    return nil
  }
}

/// What the runs that go on in a store need, as of one look.
struct NeededByRuns {
  private(set) var keys: Set<Digest> = []
  /// Whether nobody runs.
  private(set) var isEmpty = true

  init(_ store: Store) {
    let folder = store.root / "leases"
    let runs = ((try? folder.names()) ?? []).filter { $0.hasPrefix("run-") }
    guard !runs.isEmpty else { return }
    let now = Self.clock(of: store)
    for name in runs {
      let path = folder / name
      guard let stamp = path.stamp, let bytes = try? path.read() else { continue }
      let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
      let owner = ProcessIdentity(tag: String(decoding: line, as: UTF8.self))
      let isSilent = Duration.nanoseconds(now - stamp.modified) > RunLease.patience
      guard !(owner?.hasEnded ?? false), !isSilent else {
        path.remove()
        continue
      }
      isEmpty = false
      let body = bytes.dropFirst(line.count + 1)
      for start in stride(from: body.startIndex, to: body.endIndex - 31, by: 32) {
        keys.insert(Digest(bytes: body[start..<(start + 32)]))
      }
    }
  }

  /// The file system's own time: no clock of a host is compared with it.
  static func clock(of store: Store) -> Int {
    let probe = store.root / "tmp" / "\(ProcessIdentity.current.tag).clock"
    defer { probe.remove() }
    guard (try? probe.write([])) != nil else { return 0 }
    return probe.stamp?.modified ?? 0
  }
}
