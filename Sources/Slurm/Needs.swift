internal import Artifacts
internal import ContentHash
internal import Executors
internal import Pipeline

/// Jobs of a plan that one kind of worker has to do.
public struct Need: Sendable, Equatable {
  /// The name of the resources.
  public let className: String
  /// How often their memory was doubled.
  public let memoryLevel: Int
  /// What each worker asks for.
  public let resources: Resources
  /// The stages that it works for.
  public internal(set) var stages: [String] = []
  /// How many of their jobs are left.
  public internal(set) var jobs = 0
  /// Predicted work; for jobs whose rate is not known, a chunk each.
  public internal(set) var seconds = 0.0
  /// Whether every rate behind the prediction is a measured one.
  public internal(set) var isMeasured = true

  /// Workers that would each have about a chunk of work.
  public func workers(_ settings: ClusterSettings) -> Int {
    let share = Double(settings.chunk * 60 * resources.cores)
    let byTime = Int((seconds / share).rounded(.up))
    let byJobs = (jobs + resources.cores - 1) / resources.cores
    return max(1, min(byTime, byJobs))
  }

  /// What is still to do, by resources and memory. Jobs that wait for a failed one are not.
  static func all(
    of plan: Plan, _ settings: ClusterSettings, _ marks: Marks, _ index: StoreIndex
  ) -> [Need] {
    let names = plan.stages.map(\.name)
    let classes = names.map { settings.className(of: $0, in: names) }
    let rates = Rates(plan, index)
    var needs: [Need] = []
    var isLost = [Bool](repeating: false, count: plan.jobs.count)
    for (place, job) in plan.jobs.enumerated() where !job.isDone {
      isLost[place] =
        marks.failed.contains(job.recipe.key) || job.inputs.contains { isLost[Int($0)] }
      guard !isLost[place] else { continue }
      let level = marks.memoryLevel(of: job.recipe.key)
      let found = needs.firstIndex { $0.className == classes[job.stage] && $0.memoryLevel == level }
      let slot = found ?? needs.count
      if found == nil {
        needs.append(
          Need(
            className: classes[job.stage], memoryLevel: level,
            resources: settings.resources(of: names[job.stage])))
      }
      needs[slot].add(plan.stages[job.stage], rate: rates.seconds(of: place), chunk: settings.chunk)
    }
    return needs
  }

  private mutating func add(_ stage: PlannedStage, rate: Double?, chunk: Int) {
    if stages.last != stage.name { stages.append(stage.name) }
    jobs += 1
    let isLight = stage.declaration.isLight
    if rate == nil && !isLight { isMeasured = false }
    seconds += isLight ? 0.01 : rate ?? Double(chunk * 60)
  }
}
