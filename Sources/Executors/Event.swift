internal import Artifacts
public import Pipeline

/// What happens while a plan runs, for whoever shows it.
public enum Event: Sendable {
  /// How a finished job came by its artifact.
  public enum Origin: String, Sendable {
    case made, extended, cut
    /// An equal result existed under another recipe.
    case adopted
    /// Another process made it meanwhile.
    case shared
  }

  case began(job: Int)
  case progressed(job: Int, Job.Progress)
  case finished(job: Int, Origin, seconds: Double)
  /// - Parameter lines: the end of the job's log.
  case failed(job: Int, reason: String, lines: [String])
  /// Will not run, because an input failed.
  case skipped(job: Int)
  case waiting(job: Int, holder: String)
  /// It was cached, but its inputs came out differently when they were made again.
  case reopened(job: Int)
  case interrupted
}

/// How a run ended.
public struct RunSummary: Sendable {
  /// How many jobs were computed.
  public var made = 0
  /// How many took over an equal result.
  public var adopted = 0
  /// How many somebody else had done meanwhile.
  public var shared = 0
  /// Cached jobs whose inputs came out differently, so that they were to be made after all.
  public var reopened = 0
  /// Places of the jobs that failed.
  public var failed: [Int] = []
  /// Places of the jobs that had no chance, as an input failed.
  public var skipped: [Int] = []
  /// The signal that ended the run, if one did.
  public var signal: Int32?
  /// Failures of other workers that this one met.
  public var failedElsewhere = 0
  /// Jobs that were neither done nor out of reach when the run ended.
  public var open = 0

  public init() {}
}
