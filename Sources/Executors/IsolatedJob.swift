public import Artifacts
internal import ContentHash
internal import FileSystem
internal import Glibc
public import Pipeline
internal import Values

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
    let file = staging.folder / "job.json"
    try file.write(description.value.json())
    let log = store.log(of: description.recipe.key)
    let process = try WorkerProcess(
      executable: worker.path, name: worker.name,
      arguments: ["work", file.description, "--store", store.root.description], log: log)
    while true {
      if let ending = process.collect() {
        if case .exited(0) = ending { return nil }
        let lines = ((try? log.readText()) ?? "").split(separator: "\n")
        return lines.last.map(String.init) ?? "it ended without a word"
      }
      usleep(2000)
    }
  }
}
