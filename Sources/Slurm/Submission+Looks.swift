internal import Artifacts
public import ContentHash
internal import FileSystem
internal import Manifest

/// What others may want to know of a submission.
extension Submission {
  /// The class whose workers do a stage.
  public func className(of stage: String, in stages: [String]) -> String {
    let settings = (try? request.read()).flatMap { ClusterSettings($0) }
    return settings?.className(of: stage, in: stages) ?? ClusterSettings.baseClass
  }

  /// Why nobody is to try a job again; nil when nothing failed.
  public func failure(of key: Digest) -> String? {
    try? (folder / "failed" / "\(key)").readText()
  }

  /// What the worker printed that has begun a job and not ended it.
  public func workerLog(of key: Digest) -> String? {
    guard let attempt = Marks.attempts(of: key, in: folder).last else { return nil }
    return "\(folder)/workers/\(attempt.seat).log"
  }
}
