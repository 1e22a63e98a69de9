/// What the process tells its caller when it ends.
public enum ExitCode: Int32, Sendable, CaseIterable {
  case done = 0
  case jobFailed = 1
  /// A bad command line or manifest.
  case usage = 2
  /// `plan --exit-code` and `check`: something would have to run first.
  case workNeeded = 3
  /// A physics result is inconsistent with its baseline.
  case gateFailed = 4
  /// Not converged, underpowered, or the budget is spent.
  case inconclusive = 5
  case store = 6
  /// By SIGINT (128 + 2); the same command resumes.
  case interrupted = 130
  /// By SIGTERM (128 + 15); the same command resumes.
  case terminated = 143
}
