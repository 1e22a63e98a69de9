internal import Diagnostics
internal import FileSystem
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Slurm

/// The memory that one job may take, and whose word that is.
struct MemoryRoom {
  let bytes: Double
  /// As in "this machine has".
  let owner: String

  /// What this machine has or this container may take, or less where `--memory` says so.
  ///
  /// - Parameter limit: megabytes.
  static func here(limit: Int? = nil) -> MemoryRoom {
    let machine = MemoryRoom(bytes: min(physical, containerLimit), owner: "this machine has")
    guard let limit, Double(limit) * 1e6 < machine.bytes else { return machine }
    return MemoryRoom(bytes: Double(limit) * 1e6, owner: "`--memory` allows")
  }

  /// What a worker of the cluster has after the last doubling of its memory.
  static func worker(of stage: PlannedStage, _ settings: ClusterSettings) -> MemoryRoom {
    let first = Double(settings.resources(of: stage.name).memory) * 1_048_576
    return MemoryRoom(
      bytes: first * Double(1 << settings.memoryRetries),
      owner: "`slurm.memory` with its retries allows")
  }

  /// Of each stage, where its jobs would run: on the cluster that a profile names, or here.
  ///
  /// - Parameter limit: megabytes of `--memory`.
  static func room(
    of experiment: Experiment, limit: Int? = nil
  ) -> (PlannedStage) -> MemoryRoom {
    if let settings = ClusterSettings(experiment) { return { worker(of: $0, settings) } }
    let here = here(limit: limit)
    return { _ in here }
  }

  private static var physical: Double {
    Double(sysconf(Int32(_SC_PHYS_PAGES))) * Double(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The limit of the control group as a container sees it; most have none.
  private static var containerLimit: Double {
    let files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    return files.compactMap { (try? Path($0).readText()).flatMap { Double($0.filter(\.isNumber)) } }
      .filter { $0 > 0 }.min() ?? .infinity
  }
}

extension Plan {
  /// The jobs to do that cannot fit, a few of each stage in words.
  func tooLarge(
    _ severity: Diagnostic.Severity, room: (PlannedStage) -> MemoryRoom
  ) -> Diagnostics {
    var problems = Diagnostics()
    for stage in stages where stage.declaration.footprint != nil {
      let room = room(stage)
      let found = jobs[stage.jobs].filter { !$0.isDone }
        .map { (job: $0, memory: footprint(of: $0)?.memory ?? 0) }
        .filter { $0.memory > room.bytes }
        .sorted { $0.memory > $1.memory }
      guard let largest = found.first else { continue }
      let others = found.count == 1 ? "" : ", the largest of \(found.count) such jobs,"
      let place = stage.experiment.pipeline.stages.first { $0.name == stage.ownName }?.location
      problems.append(
        Diagnostic(
          severity,
          "`\(name(of: largest.job))`\(others) would take about "
            + "\(Amount.bytes(largest.memory)) of memory; \(room.owner) \(Amount.bytes(room.bytes))",
          at: place,
          hint:
            "ask for fewer rows or replicas or a smaller system, or choose points that fit with "
            + "--only"))
    }
    guard !problems.isEmpty else { return problems }
    return stages.map(\.experiment.sources).joined().reduce(problems) { $0.quoting($1) }
  }
}
