/// How much room a job takes, as far as it follows from the manifest. Never part of any key.
public struct Footprint: Sendable, Equatable {
  /// Bytes of the process at its largest.
  public let memory: Double
  /// Bytes of the artifact; nil where artifacts of the kind are all about the same.
  public let disk: Double?

  /// Bytes of memory, and of disk where that is known.
  public init(memory: Double, disk: Double? = nil) {
    self.memory = memory
    self.disk = disk
  }
}

extension Plan {
  /// What a job will take, done or not; nil where its kind does not tell.
  public func footprint(of job: PlannedJob) -> Footprint? {
    stages[job.stage].declaration.footprint?(outline(of: job))
  }
}
