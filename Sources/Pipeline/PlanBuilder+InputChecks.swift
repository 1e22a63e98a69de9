internal import Diagnostics
internal import Manifest

extension PlanBuilder {
  /// What kinds find wrong with the inputs of their jobs; a few jobs show a person what is wrong with all.
  mutating func checkInputs(of plan: Plan) {
    for stage in plan.ownStages {
      guard let kind = registry[stage.declaration.kind] else { continue }
      let place = experiment.pipeline.stages.first { $0.name == stage.ownName }?.location
      for job in plan.jobs[stage.jobs].prefix(8) {
        for problem in kind.problems(of: plan.outline(of: job)) {
          let error = Diagnostic.error("stage `\(stage.ownName)`: \(problem)", at: place)
          if !problems.found.contains(error) { problems.append(error) }
        }
      }
    }
  }
}
