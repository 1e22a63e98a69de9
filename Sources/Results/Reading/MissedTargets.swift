internal import Artifacts
internal import Pipeline
internal import Values

/// Chains that were asked to run until a target and ended at their length without.
struct MissedTargets {
  private(set) var jobs: [(name: String, doubt: String)] = []
  private(set) var places: Set<Int> = []

  init(_ plan: Plan, _ store: Store) {
    for (place, job) in plan.jobs.enumerated() where job.recipe.goal != nil {
      guard let metadata = try? store.metadata(of: job.recipe.key), metadata.missedGoal else {
        continue
      }
      places.insert(place)
      jobs.append((plan.name(of: job), metadata.highlights["doubt"]?.text ?? "target not reached"))
    }
  }

  var lines: [String] { jobs.map { "not converged: \($0.name): \($0.doubt)" } }
}
