public import ContentHash
public import FileSystem

/// A folder of artifacts, each committed with one rename and read-only from then on.
///
///     format            the layout's name
///     artifacts/ab/…    one folder per artifact: data.h5, meta.json, state.bin for chains
///     index             disposable cache: what was verified when (StoreIndex)
///     leases/           who works on what (Lease)
///     checkpoints/      two slots per running chain (Checkpoint)
///     logs/             what each job printed
///     pins/             keys that gc keeps
///     tmp/              work in progress of living processes
public final class Store: Sendable {
  /// What the store's file `format` says.
  public static let format = "slmc-store/1"
  /// The store's own folder.
  public let root: Path
  /// Called after each step of a commit; tests end the process there.
  let onStep: @Sendable (CommitStep) -> Void
  /// Asked of artifacts that record no digests of their groups.
  let judge: ArtifactJudge

  /// Opens the store, creating it when there is none.
  public init(
    _ root: Path, onStep: @escaping @Sendable (CommitStep) -> Void = { _ in },
    judge: @escaping ArtifactJudge = { _ in nil }
  ) throws(StoreError) {
    self.root = root.absolute
    self.judge = judge
    self.onStep = onStep
    do {
      try prepare()
    } catch let error as SystemError {
      throw StoreError.system(error, store: self.root)
    } catch let error as StoreError {
      throw error
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private func prepare() throws {
    let format = root / "format"
    if let found = try? format.readText() {
      let name = found.split(separator: "\n").first.map(String.init) ?? ""
      guard name == Self.format else { throw StoreError.otherFormat(found: name, store: root) }
      // Who copied the store may have left out what was empty, as version control does.
      if !(root / "tmp").exists { try? createFolders() }
      return
    }
    try requireNoForeignFolder()
    try createFolders()
    try format.replace(with: Array((Self.format + "\n").utf8))
  }

  private static let folders = ["artifacts", "leases", "checkpoints", "logs", "pins", "tmp"]

  private func createFolders() throws {
    for folder in Self.folders { try (root / folder).createFolders() }
  }

  /// Whether a path, without links, is of the store's own files.
  public func owns(_ path: Path) -> Bool {
    let root = root.resolved ?? root
    guard path.isInside(root) else { return false }
    let rest = path.description.dropFirst(root.description.count)
    let first = rest.split(separator: "/").first.map(String.init) ?? ""
    return Self.folders.contains(first) || first == "format" || first.hasPrefix("index-")
  }

  /// A folder that holds something else is somebody's: a slip of `--store` must not fill it. What a
  /// store that was just begun holds, and what file systems put into every folder, is no sign of that.
  private func requireNoForeignFolder() throws {
    guard root.isFolder else { return }
    let own = Set(Self.folders + ["lost+found"])
    let foreign = try root.names().filter {
      !own.contains($0) && !$0.hasPrefix(".") && !$0.hasPrefix("index-")
    }
    guard foreign.isEmpty else { throw StoreError.foreignFolder(root, holds: foreign[0]) }
  }

  /// Where an artifact lies, or will lie.
  public func folder(of key: Digest) -> Path {
    let name = key.description
    return Path("\(root)/artifacts/\(name.prefix(2))/\(name)")
  }

  /// The file of an artifact's numbers.
  public func data(of key: Digest) -> Path { folder(of: key) / "data.h5" }

  /// What a job's program said while it ran.
  public func log(of key: Digest) -> Path { Path("\(root)/logs/\(key).log") }

  /// Named by the size of its records, so that a program never appends to a file of others.
  var index: Path { root / "index-\(IndexRecord.size)" }

  /// Runs file operations of this store, naming the store when one fails.
  func storing<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as SystemError {
      throw .system(error, store: root)
    } catch {
      throw .system(SystemError("use", "\(error)", code: 5), store: root)
    }
  }

  /// Every key that has a folder, in ascending order. Existence is not completeness: see `record`.
  public func keys() throws(StoreError) -> [Digest] {
    try storing {
      let artifacts = root / "artifacts"
      return try artifacts.names().flatMap { shard in
        try (artifacts / shard).names().compactMap { Digest($0) }
      }
    }
  }
}
