internal import Artifacts
internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

/// The plans of other experiments, and which of their jobs fill inputs here.
///
/// They are planned as they stand: with their own sweep, seed and files, so their keys are those that
/// a run of the other experiment has, and whoever comes first makes what both use.
struct ForeignStages {
  /// One input here and the stage there.
  struct Link {
    let source: ForeignStage
    let experiment: String
    let stage: Int
    /// The axes of our sweep that choose its point.
    var axes: [Int] = []
    /// The job there for each point here, then, once grafted, its place in the plan.
    var serving: [Int32]
    /// Its stage's place in the plan.
    var plannedStage = 0
  }

  let experiment: Experiment
  private(set) var plans: [String: Plan] = [:]
  /// Names of `plans` in the order in which the pipeline mentions them.
  private var order: [String] = []
  private(set) var links: [Link] = []
  private(set) var problems = Diagnostics()

  init(_ experiment: Experiment, registry: StageRegistry) {
    self.experiment = experiment
    for stage in experiment.pipeline.foreignStages where !order.contains(stage.experimentName) {
      guard let other = experiment.others[stage.experimentName] else { continue }
      do throws(Diagnostics) {
        plans[stage.experimentName] = try PlanBuilder.build(other, registry: registry)
        order.append(stage.experimentName)
      } catch {
        problems.append(contentsOf: error)
      }
    }
  }

  /// The link for a reference and the kind of its stage; nil, with the reason noted, when the other
  /// experiment has no such stage.
  mutating func link(
    _ source: ForeignStage, problems: inout Diagnostics
  ) -> (link: Int, kind: String)? {
    guard let plan = plans[source.experimentName] else { return nil }
    let own = plan.stages.indices.filter { !plan.stages[$0].isForeign }
    guard let stage = own.first(where: { plan.stages[$0].name == source.stage }) else {
      problems.append(
        .error(
          "experiment `\(plan.experiment.name)` has no stage `\(source.stage)`",
          at: source.stageLocation, length: source.stage.count,
          hint: suggestion(for: source.stage, in: own.map { plan.stages[$0].name })))
      return nil
    }
    links.append(
      Link(
        source: source, experiment: source.experimentName, stage: stage,
        serving: [Int32](repeating: -1, count: experiment.sweep.count)))
    return (links.count - 1, plan.stages[stage].declaration.kind)
  }

  /// The groups of all other plans, one after the other.
  var groups: [ResolvedGroup] { order.flatMap { plans[$0]?.groups ?? [] } }

  /// Finds the job there for each of the points here.
  mutating func choose(_ chosen: [Int], points: [Int], problems: inout Diagnostics) {
    for place in chosen {
      guard let plan = plans[links[place].experiment] else { continue }
      var matching = PointMatching(link: links[place], plan: plan, experiment: experiment)
      links[place].axes = matching.axes
      links[place].serving = matching.serving(points)
      problems.append(contentsOf: matching.problems)
    }
  }

  /// The stages and jobs there that are needed here, inputs first, with their places in the new plan.
  mutating func graft(groupOffset: Int32) -> (stages: [PlannedStage], jobs: [PlannedJob]) {
    var grafting = Grafting(experiment: experiment)
    var offset = groupOffset
    for name in order {
      guard let plan = plans[name] else { continue }
      let own = links.indices.filter { links[$0].experiment == name }
      let needed = own.flatMap { links[$0].serving.filter { $0 >= 0 } }
      grafting.add(plan, needed: needed, groupOffset: offset)
      for place in own {
        links[place].plannedStage = grafting.stage(links[place].stage)
        links[place].serving = links[place].serving.map { grafting.job($0) }
      }
      offset += Int32(plan.groups.count)
    }
    return (grafting.stages, grafting.jobs)
  }
}

/// Copies jobs of one plan into another, each recipe once.
private struct Grafting {
  let experiment: Experiment
  private(set) var stages: [PlannedStage] = []
  private(set) var jobs: [PlannedJob] = []
  private var stageMap: [Int: Int] = [:]
  private var jobMap: [Int32: Int32] = [:]
  private var known: [Recipe: Int32] = [:]

  init(experiment: Experiment) { self.experiment = experiment }

  func stage(_ place: Int) -> Int { stageMap[place] ?? 0 }
  func job(_ place: Int32) -> Int32 { jobMap[place] ?? -1 }

  mutating func add(_ plan: Plan, needed: [Int32], groupOffset: Int32) {
    var wanted = Set(needed)
    for place in plan.jobs.indices.reversed() where wanted.contains(Int32(place)) {
      wanted.formUnion(plan.jobs[place].inputs)
    }
    stageMap = [:]
    jobMap = [:]
    for (place, stage) in plan.stages.enumerated()
    where stage.jobs.contains(where: { wanted.contains(Int32($0)) }) {
      stageMap[place] = stages.count
      let first = jobs.count
      for old in stage.jobs where wanted.contains(Int32(old)) {
        add(plan.jobs[old], from: Int32(old), stage: stages.count, groupOffset)
      }
      var copy = PlannedStage(
        name: name(of: stage, in: plan), ownName: stage.ownName, experiment: stage.experiment,
        isForeign: true, declaration: stage.declaration, roles: stage.roles,
        inputs: stage.inputs.map { ($0.slot, stageMap[$0.stage] ?? 0) }, axes: stage.axes)
      copy.jobs = first..<jobs.count
      stages.append(copy)
    }
  }

  /// Two ways to one experiment, say with and without a profile, share what they have in common.
  private mutating func add(_ job: PlannedJob, from old: Int32, stage: Int, _ groupOffset: Int32) {
    if let same = known[job.recipe] {
      jobMap[old] = same
      return
    }
    jobMap[old] = Int32(jobs.count)
    known[job.recipe] = Int32(jobs.count)
    jobs.append(
      PlannedJob(
        stage: stage, point: job.point, groups: job.groups.map { $0 + groupOffset },
        inputs: job.inputs.map { jobMap[$0] ?? 0 }, recipe: job.recipe, action: job.action))
  }

  private func name(of stage: PlannedStage, in plan: Plan) -> String {
    if stage.isForeign { return stage.name }
    let other = plan.experiment.profile
    let profile = other.map { $0 == experiment.profile ? "" : "(\($0))" } ?? ""
    return "\(plan.experiment.name)\(profile):\(stage.name)"
  }
}
