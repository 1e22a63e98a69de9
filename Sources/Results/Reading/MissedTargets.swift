package import Artifacts
package import Pipeline
internal import Values

/// Chains that were asked to run until a target and ended at their length without.
package struct MissedTargets {
  package private(set) var jobs: [(name: String, doubt: String)] = []
  package private(set) var places: Set<Int> = []

  package init(_ plan: Plan, _ store: Store) {
    for (place, job) in plan.jobs.enumerated() where job.recipe.goal != nil {
      guard let metadata = try? store.metadata(of: job.recipe.key), metadata.missedGoal else {
        continue
      }
      places.insert(place)
      jobs.append((plan.name(of: job), metadata.highlights["doubt"]?.text ?? "target not reached"))
    }
  }

  package var lines: [String] { jobs.map { "not converged: \($0.name): \($0.doubt)" } }
}
