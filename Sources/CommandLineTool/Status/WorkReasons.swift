internal import Artifacts
internal import HDF5
internal import Pipeline

/// Why jobs have to be done, and what an interrupted attempt left of them.
struct WorkReasons {
  private let history: PlanHistory
  private let store: Store
  private let activity: Activity

  init(_ history: PlanHistory, _ store: Store) {
    self.history = history
    self.store = store
    activity = Activity(store)
  }

  func reason(of job: PlannedJob, in plan: Plan) -> String {
    let reason = history.reason(of: job, in: plan)
    guard !job.isDone, case .interrupted(let hasCheckpoint) = activity.state(of: job.recipe),
      hasCheckpoint
    else { return reason }
    guard let steps = checkpointedSteps(of: job.recipe), let wanted = job.recipe.length else {
      return "\(reason), goes on from a checkpoint"
    }
    return steps < wanted
      ? "\(reason), goes on from a checkpoint at step \(steps) of \(wanted)"
      : "\(reason), a checkpoint holds all \(wanted) steps"
  }

  /// The step at which the newest checkpoint of a chain stands; whether it belongs to the contents of
  /// today's inputs only the job can tell.
  private func checkpointedSteps(of recipe: Recipe) -> Int? {
    guard let bytes = CheckpointSlots(store, family: recipe.family).glimpse(),
      let file = try? HDF5File(image: bytes, name: "checkpoint")
    else { return nil }
    return try? file.integers(at: "/steps").first
  }
}
