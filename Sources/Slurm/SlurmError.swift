/// What went wrong between us and the cluster, in words for whoever submits.
public struct SlurmError: Error, Sendable, CustomStringConvertible {
  /// What went wrong, with what Slurm said.
  public let description: String
  init(_ description: String) { self.description = description }
}
