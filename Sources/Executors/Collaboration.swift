/// What one worker among many asks before it takes a job, and tells when it has ended: other workers
/// look at the same notes, and no process stands above them.
public protocol Collaboration: AnyObject {
  /// Where in the plan this worker begins to look, from 0 to 1, so that not all ask for the same job.
  var start: Double { get }
  /// How long to stay with nothing to do before leaving the place to somebody else.
  var linger: Duration { get }
  /// After how long without a sign of life a worker of another host is taken for dead.
  var patience: Duration { get }
  /// Holders of leases of whom the cluster says that they are dead.
  var suspects: [String] { get }
  /// When to write checkpoints and leave.
  var deadline: ContinuousClock.Instant? { get }
  /// Whether this worker has the resources for a job.
  func suits(_ job: Int) -> Bool
  /// Whether somebody's attempt failed, so that no other is to be made.
  func hasFailed(_ job: Int) -> Bool
  /// Reads what others noted since the last look.
  func refresh()
  /// Asked with the lease in hand, before a job of its own process starts.
  func begin(_ job: Int) -> Verdict
  /// More is ready than this worker can do.
  func hasPlenty()
  /// Told before the lease is given back.
  func end(_ job: Int, _ ending: JobEnding) -> Verdict
}

/// What is to become of a job.
public enum Verdict: Sendable {
  /// Go on; after an ending: it counts.
  case proceed
  /// Leave it to later or to others.
  case postpone
  case fail(reason: String)
  /// Somebody else's attempt failed and was told.
  case giveUp
}

/// How an attempt at a job ended.
public enum JobEnding: Sendable {
  case committed
  /// Asked to end; a checkpoint may hold what was done.
  case interrupted
  case failed(reason: String)
  /// Ended by SIGKILL, as when memory runs out.
  case killed
}
