public import Artifacts
public import ContentHash
internal import FileSystem
public import Pipeline
internal import Synchronization
internal import Values

/// How far a running job has come, in a file beside its lease, so that every shell and every node
/// can see it.
public struct ProgressFile: Sendable {
  let path: Path

  /// Where the job of that key tells how far it has come.
  public init(_ store: Store, key: Digest) {
    path = Path("\(store.root)/leases/\(key).progress")
  }

  /// Says how far the job has come.
  public func write(_ progress: Job.Progress) {
    let text = Value.list([
      .integer(progress.done), .integer(progress.total), .text(progress.note),
      progress.secondsLeft.map(Value.number) ?? .null,
    ]).json()
    // Losing a progress line loses nothing.
    try? path.replace(with: Array(text.utf8))
  }

  /// What was said last; nil before that.
  public func read() -> Job.Progress? {
    guard let bytes = try? path.read(), let list = (try? Value(json: bytes))?.list,
      list.count >= 3, let done = list[0].integer, let total = list[1].integer,
      let note = list[2].text, (0...(1 << 53)).contains(done), (0...(1 << 53)).contains(total)
    else { return nil }
    let secondsLeft = list.count > 3 ? list[3].number : nil
    return Job.Progress(
      done: done, total: total, note: note, secondsLeft: secondsLeft.flatMap { $0 >= 0 ? $0 : nil })
  }

  /// Takes the file away when the job has ended.
  public func remove() { path.remove() }
}

/// Writes a job's progress with the pace at which it goes.
public final class ProgressLog: Sendable {
  private let file: ProgressFile
  /// The first report: steps that a checkpoint or a cached chain brought are no pace.
  private let first = Mutex<(done: Int, at: ContinuousClock.Instant)?>(nil)

  /// Writes into that file.
  public init(_ file: ProgressFile) { self.file = file }

  /// Says how far the job has come, unless it did a moment ago.
  public func write(_ progress: Job.Progress) {
    var progress = progress
    let now = ContinuousClock.now
    let start = first.withLock { start in
      if start == nil { start = (progress.done, now) }
      return start
    }
    if let start, progress.done > start.done {
      let pace = (now - start.at) / .seconds(1) / Double(progress.done - start.done)
      progress.secondsLeft = pace * Double(max(progress.total - progress.done, 0))
    }
    file.write(progress)
  }
}
