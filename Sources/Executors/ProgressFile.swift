public import Artifacts
public import ContentHash
internal import FileSystem
public import Pipeline
internal import Values

/// How far a running job has come, in a file beside its lease, so that every shell and every node
/// can see it.
public struct ProgressFile: Sendable {
  let path: Path

  public init(_ store: Store, key: Digest) {
    path = Path("\(store.root)/leases/\(key).progress")
  }

  public func write(_ progress: Job.Progress) {
    let text = Value.list([
      .integer(progress.done), .integer(progress.total), .text(progress.note),
    ]).json()
    // Losing a progress line loses nothing.
    try? path.replace(with: Array(text.utf8))
  }

  public func read() -> Job.Progress? {
    guard let bytes = try? path.read(), let list = (try? Value(json: bytes))?.list,
      list.count == 3, let done = list[0].integer, let total = list[1].integer,
      let note = list[2].text
    else { return nil }
    return Job.Progress(done: done, total: total, note: note)
  }

  public func remove() { path.remove() }
}
