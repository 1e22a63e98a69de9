public import Artifacts
internal import ContentHash
internal import FileSystem
public import Pipeline
internal import Processes

/// One job in a process of its own, as a run does it, but waited for and without a plan around it.
public struct IsolatedJob {
  private let description: JobDescription
  private let store: Store
  private let worker: ProgramFile

  /// - Parameter worker: the program that does one job when called with `work FILE --store DIR`.
  public init(_ description: JobDescription, store: Store, worker: ProgramFile) {
    self.description = description
    self.store = store
    self.worker = worker
  }

  /// Does the job into the store; nil when it is there, otherwise the last line that it said.
  public func failure() throws -> String? {
    let staging = try store.stage("job-\(description.recipe.key.short)")
    defer { staging.discard() }
    let ending = try worker.start(description, in: staging, of: store).wait()
    guard ending != .exited(0) else { return nil }
    let log = (try? store.log(of: description.recipe.key).readText()) ?? ""
    return log.split(separator: "\n").last.map(String.init) ?? "it ended without a word"
  }
}
