/// Commands to jobs of this user.
public enum SlurmJob {
  /// Puts a job back into the queue, under its own number.
  public static func requeue(_ job: String) throws {
    _ = try SlurmProgram.output(["scontrol", "requeue", job])
  }

  /// One call for all of them; jobs that are gone already do not matter.
  public static func cancel(_ jobs: [Int]) throws {
    guard !jobs.isEmpty else { return }
    _ = try SlurmProgram.output(["scancel", "--quiet"] + jobs.map { "\($0)" })
  }
}
