internal import Artifacts
internal import FileSystem
internal import Pipeline
internal import Processes
internal import Values

extension ProgramFile {
  /// Starts a worker on one job. Its description lies beside what it stages, and all that it says goes
  /// to the job's log.
  ///
  /// - Parameter memoryLimit: bytes of address space that it may use; nil for no limit.
  func start(
    _ job: JobDescription, in staging: Staging, of store: Store, memoryLimit: Int? = nil
  ) throws -> ChildProcess {
    let file = staging.folder / "job.json"
    try file.write(job.value.json())
    let log = store.log(of: job.recipe.key)
    log.remove()
    let limit = memoryLimit.map { ["--memory", String($0)] } ?? []
    var launch = Launch(
      path, name: name,
      ["work", file.description, "--store", store.root.description] + limit)
    launch.output = .appended(log)
    return try launch.start()
  }
}
