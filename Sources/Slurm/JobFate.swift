internal import FileSystem

/// What became of a job of the cluster.
package enum JobFate: Equatable, Sendable {
  /// Waits or runs, and has begun anew this often.
  case alive(restarts: Int)
  case outOfMemory
  case outOfTime
  /// A node failed, or somebody with more right took it.
  case lost
  case cancelled
  case failed
  case completed
  /// Nobody remembers.
  case unknown

  init(state: String, restarts: Int = 0) {
    switch state {
    case "PENDING", "RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "REQUEUED", "STOPPED",
      "SIGNALING", "STAGE_OUT", "RESIZING", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT":
      self = .alive(restarts: restarts)
    case "OUT_OF_MEMORY": self = .outOfMemory
    case "TIMEOUT", "DEADLINE": self = .outOfTime
    case "NODE_FAIL", "BOOT_FAIL", "PREEMPTED", "REVOKED": self = .lost
    case "CANCELLED": self = .cancelled
    case "FAILED": self = .failed
    case "COMPLETED": self = .completed
    default: self = .unknown
    }
  }

  /// Asks whoever still knows: the controller for some minutes after the end, then the accounting
  /// database, then the completion log, as far as the cluster has them.
  static func of(job: Int) -> JobFate {
    if let text = SlurmProgram.optionalOutput(["scontrol", "-o", "show", "job", "\(job)"]),
      let fate = fromController(text)
    {
      return fate
    }
    let sacct = ["sacct", "-n", "-P", "-X", "-j", "\(job)", "-o", "State"]
    if let text = SlurmProgram.optionalOutput(sacct), let fate = fromAccounting(text) {
      return fate
    }
    return fromCompletionLog(job) ?? .unknown
  }

  /// One line of State for each record of the job; the last is of its last life. `CANCELLED by 1000`
  /// says who.
  package static func fromAccounting(_ text: String) -> JobFate? {
    let state = text.split(separator: "\n").last?.split(separator: " ").first
    return state.map { JobFate(state: String($0)) }
  }

  /// The fates of an array's elements, as far as the controller remembers them.
  static func ofElements(of array: Int) -> [JobFate] {
    let text = SlurmProgram.optionalOutput(["scontrol", "-o", "show", "job", "\(array)"]) ?? ""
    return text.split(separator: "\n").compactMap { fromController(String($0)) }
  }

  package static func fromController(_ text: String) -> JobFate? {
    let fields = fields(of: text)
    guard let state = fields["JobState"] else { return nil }
    return JobFate(state: state, restarts: fields["Restarts"].flatMap { Int($0) } ?? 0)
  }

  private static func fromCompletionLog(_ job: Int) -> JobFate? {
    guard let configuration = SlurmProgram.optionalOutput(["scontrol", "show", "config"]) else {
      return nil
    }
    let settings = ClusterLimits.settings(configuration)
    guard settings["JobCompType"] == "jobcomp/filetxt", let log = settings["JobCompLoc"],
      let text = try? Path(log).readText()
    else { return nil }
    let line = text.split(separator: "\n").last { $0.hasPrefix("JobId=\(job) ") }
    return line.flatMap { fields(of: String($0))["JobState"] }.map { JobFate(state: $0) }
  }

  /// NAME=VALUE words; the first of a name counts.
  static func fields(of text: String) -> [String: String] {
    let pairs = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
      .compactMap { word -> (String, String)? in
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
    return Dictionary(pairs) { first, _ in first }
  }
}
