public import ContentHash
public import FileSystem

/// What can be wrong with a store; every case says where and what to do.
public enum StoreError: Error, Sendable, CustomStringConvertible {
  case system(SystemError, store: Path)
  case otherFormat(found: String, store: Path)
  /// The folder is not empty and no store.
  case foreignFolder(Path, holds: String)
  case missing(Digest)
  case damaged(Digest, reason: String)
  case nondeterministic(Digest, kind: String)
  /// A worker met a store problem; its own words.
  case jobFailed(log: String)

  public var description: String {
    switch self {
    case .system(let error, let store) where error.isFull:
      "the store \(store) is full (\(error)); nothing committed is lost: free some space, or "
        + "choose another store with --store, and run the same command again"
    case .system(let error, let store):
      "the store \(store) cannot be used: \(error)"
    case .otherFormat(let found, let store):
      "the store \(store) has the format '\(found)', this slmc reads '\(Store.format)'; "
        + "use another store with --store, or the slmc that made this one"
    case .foreignFolder(let folder, let name):
      "\(folder) is no store, and not empty: it holds `\(name)`; name an empty folder, or one that is "
        + "not there yet, with --store or SLMC_STORE"
    case .missing(let key):
      "no artifact \(key.short) in the store"
    case .damaged(let key, let reason):
      "artifact \(key.short) is damaged: \(reason); 'slmc verify --repair' removes it, "
        + "and the next run makes it again"
    case .nondeterministic(let key, let kind):
      "two runs of \(kind) \(key.short) gave different contents: the stage is not reproducible on "
        + "this machine (the first result was kept)"
    case .jobFailed(let log): log
    }
  }
}
