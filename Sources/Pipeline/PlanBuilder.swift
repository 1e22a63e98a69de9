internal import Artifacts
internal import ContentHash
public import Diagnostics
public import Manifest
internal import Values
internal import YAML

/// Which part of an experiment is asked for.
public struct Selection: Sendable {
  /// Only points where these swept parameters have these values.
  public var only: [(axis: String, value: String)]
  /// Only this stage and what it needs.
  public var until: String?

  /// A part of an experiment; without arguments the whole.
  public init(only: [(axis: String, value: String)] = [], until: String? = nil) {
    self.only = only
    self.until = until
  }
}

/// Lays the sweep over the pipeline: recipes of all jobs, without looking at any store.
public struct PlanBuilder {
  let registry: StageRegistry
  let experiment: Experiment
  var groups: GroupResolver
  var problems = Diagnostics()
  var jobs: [PlannedJob] = []
  var stages: [PlannedStage] = []
  var serving: [[Int32]] = []
  /// Stages of other experiments come first in the plan, so that inputs come first.
  var foreign: ForeignStages
  private var firstOwnStage = 0

  /// The plan with every job yet to run; throws all mistakes of the manifest at once.
  public static func build(
    _ experiment: Experiment, registry: StageRegistry, selection: Selection = Selection()
  ) throws(Diagnostics) -> Plan {
    var builder = PlanBuilder(
      registry: registry, experiment: experiment, groups: GroupResolver(experiment),
      foreign: ForeignStages(experiment, registry: registry))
    builder.run(selection)
    builder.problems.append(contentsOf: builder.groups.problems)
    let plan = Plan(
      experiment: experiment, stages: builder.stages, jobs: builder.jobs,
      serving: builder.serving, groups: builder.groups.resolved)
    if !builder.problems.hasErrors { builder.checkColumnsAndTexts(of: plan) }
    let quoted = experiment.sources.reduce(builder.problems) { $0.quoting($1) }
    try quoted.throwIfErrors()
    return plan
  }

  private mutating func run(_ selection: Selection) {
    var resolver = GraphResolver(
      registry: registry, experiment: experiment, foreignStages: foreign)
    let bound = resolver.resolve()
    foreign = resolver.foreignStages
    problems = experiment.problems
    problems.append(contentsOf: foreign.problems)
    problems.append(contentsOf: resolver.problems)
    let wanted = wantedStages(bound, until: selection.until)
    let chosen = wantedPoints(selection.only)
    let links = bound.indices.filter(wanted.contains).flatMap { bound[$0].foreign.map(\.link) }
    graft(links, points: takesTogether(bound) ? Array(0..<experiment.sweep.count) : chosen)
    let axes = self.axes(of: bound)
    let points = self.points(of: bound, axes: axes, wanted, chosen: chosen)
    // Parameters are checked also of a broken graph, where they can be.
    for (place, stage) in bound.enumerated() {
      plan(stage, at: place, axes: axes[place].sorted(), points: points[place])
    }
    checkChoices(stages: bound.map(\.source.name))
    if !problems.hasErrors { refuseSharedStreams() }
  }

  private mutating func wantedStages(_ bound: [BoundStage], until: String?) -> Set<Int> {
    guard let until else { return Set(bound.indices) }
    guard let place = bound.firstIndex(where: { $0.source.name == until }) else {
      problems.append(
        .error(
          "there is no stage `\(until)`",
          hint: suggestion(for: until, in: bound.map(\.source.name))))
      return []
    }
    var wanted: Set<Int> = [place]
    for place in bound.indices.reversed() where wanted.contains(place) {
      wanted.formUnion(bound[place].inputs.map(\.stage))
    }
    return wanted
  }

  private mutating func wantedPoints(_ only: [(axis: String, value: String)]) -> [Int] {
    let sweep = experiment.sweep
    var conditions: [(axis: Int, choices: Set<Int32>)] = []
    for (name, value) in only {
      guard let axis = sweep.axes.firstIndex(where: { $0.name == name }) else {
        problems.append(
          .error(
            "`--only` names `\(name)`, which is not swept",
            hint: suggestion(for: name, in: sweep.axes.map(\.name))))
        continue
      }
      let choices = sweep.axes[axis].values.indices.filter {
        sweep.axes[axis].values[$0].spelling == value
      }
      if choices.isEmpty {
        problems.append(
          .error(
            "`\(name)` never takes the value \(value)",
            hint: suggestion(for: value, in: sweep.axes[axis].values.map(\.spelling))))
      }
      conditions.append((axis, Set(choices.map(Int32.init))))
    }
    return (0..<sweep.count).filter { point in
      conditions.allSatisfy { $0.choices.contains(sweep.choice(point: point, axis: $0.axis)) }
    }
  }

  private mutating func plan(_ stage: BoundStage, at place: Int, axes: [Int], points: [Int]) {
    let sources = self.sources(of: stage)
    var planned = PlannedStage(
      name: stage.source.name, ownName: stage.source.name, experiment: experiment,
      isForeign: false, declaration: stage.declaration, roles: stage.readings.map(\.role),
      inputs: sources.map { ($0.slot, $0.stage) }, axes: axes)
    let first = jobs.count
    var serves = [Int32](repeating: -1, count: experiment.sweep.count)
    var known: [[Int32]: Int32] = [:]
    // An axis may take one value at several places of a `zip`: one job serves them all.
    var made: [Digest: Int32] = [:]
    for point in points {
      let combination = groups.combination(of: planned.axes, point: point)
      if let job = known[combination] {
        serves[point] = job
        continue
      }
      guard let job = job(of: stage, at: place, sources, point: point) else {
        // The same mistake at every point is said once.
        if groups.problems.found.count >= 20 { break }
        continue
      }
      let index = made[job.recipe.key, default: Int32(jobs.count)]
      if index == jobs.count {
        jobs.append(job)
        made[job.recipe.key] = index
      }
      known[combination] = index
      serves[point] = index
    }
    planned.jobs = first..<jobs.count
    stages.append(planned)
    serving.append(serves)
  }

  private mutating func job(
    of stage: BoundStage, at place: Int, _ sources: [InputSource], point: Int
  ) -> PlannedJob? {
    guard let places = places(of: stage, point: point) else { return nil }
    var inputs: [(slot: String, job: Int32)] = []
    for source in sources {
      guard let jobs = source.jobs(at: point, in: experiment.sweep) else { return nil }
      inputs += jobs
    }
    let recipe = Recipe(
      kind: stage.declaration.kind, version: stage.declaration.version,
      groups: zip(stage.readings, places).map { ($0.role, groups.resolved[Int($1)].digest) },
      inputs: inputs.map { Recipe.Input(slot: $0.slot, key: jobs[Int($0.job)].recipe.key) },
      seed: stage.declaration.isStochastic ? experiment.seed : nil,
      length: places.compactMap { groups.resolved[Int($0)].length }.first,
      goal: places.compactMap { groups.resolved[Int($0)].goal }.first)
    let job = PlannedJob(
      stage: firstOwnStage + place, point: Int32(point), groups: places, inputs: inputs.map(\.job),
      recipe: recipe, action: .run)
    check(stage, job)
    return job
  }

  /// Every input in the order of its slots, with what fills it at each point.
  private mutating func sources(of stage: BoundStage) -> [InputSource] {
    var sources = stage.foreign.map {
      InputSource(
        slot: $0.slot, stage: foreign.links[$0.link].plannedStage,
        serving: foreign.links[$0.link].serving)
    }
    for input in stage.inputs {
      let place = firstOwnStage + input.stage
      var source = InputSource(slot: input.slot, stage: place, serving: serving[place])
      source.groups = input.over.map {
        FanInGroups(
          serving[place], over: $0, stageAxes: stages[place].axes, in: experiment.sweep)
      }
      if let most = source.groups?.largest, most > PipelineGraph.Stage.Need.most {
        problems.append(
          .error(
            "input `\(input.slot)` would take \(most) artifacts together; "
              + "\(PipelineGraph.Stage.Need.most) are the most", at: stage.source.location))
      }
      sources.append(source)
    }
    return sources.sorted { $0.slot < $1.slot }
  }

  /// Puts what other experiments have to make before the stages of this one.
  private mutating func graft(_ links: [Int], points: [Int]) {
    let offset = groups.adopt(foreign.groups)
    foreign.choose(links, points: points, problems: &problems)
    (stages, jobs) = foreign.graft(groupOffset: offset)
    serving = stages.map { _ in [Int32](repeating: -1, count: experiment.sweep.count) }
    firstOwnStage = stages.count
  }

  /// What the kind finds wrong with parameters that each fit their type.
  private mutating func check(_ stage: BoundStage, _ job: PlannedJob) {
    let place = stage.source.location
    // Three points show a person what is wrong with all of them.
    guard let kind = registry[stage.declaration.kind],
      problems.found.count(where: { $0.location == place }) < 3
    else { return }
    let parameters = Record(
      zip(stage.readings, job.groups).map {
        ($0.role, .record(groups.resolved[Int($1)].parameters))
      })
    for problem in kind.problems(in: parameters) {
      problems.append(
        .error("stage `\(stage.source.name)`: \(problem)", at: place))
    }
    for misfit in kind.misfits(in: parameters) {
      let node = node(at: misfit.path, of: stage, point: Int(job.point))
      let error = Diagnostic.error(
        misfit.problem, at: node?.location ?? place, length: node?.underline ?? 1, hint: misfit.hint
      )
      if !problems.found.contains(error) { problems.append(error) }
    }
  }

  /// Where a value of a stage's parameters is written.
  /// Where the groups of a stage are resolved; nil after a mistake. Those whose form another group decides
  /// come after it.
  private mutating func places(of stage: BoundStage, point: Int) -> [Int32]? {
    var places = [Int32?](repeating: nil, count: stage.readings.count)
    for isDecided in [false, true] {
      for (slot, reading) in stage.readings.enumerated() {
        let schema = stage.declaration.groups.first { $0.name == reading.role }
        guard (schema?.forms != nil) == isDecided else { continue }
        // Go on after a mistake: the next group may have one too.
        places[slot] = place(of: reading, schema, beside: places, stage, point: point)
      }
    }
    let found = places.compactMap { $0 }
    return found.count == places.count ? found : nil
  }

  private mutating func place(
    of reading: PipelineGraph.Stage.Reading, _ schema: GroupSchema?, beside places: [Int32?],
    _ stage: BoundStage, point: Int
  ) -> Int32? {
    var (schema, variant) = (schema, "")
    if let forms = schema?.forms {
      guard let slot = stage.readings.firstIndex(where: { $0.role == forms.group }) else {
        return nil
      }
      // Of a group with mistakes its kind may be right all the same.
      let resolved = places[slot].map { groups.resolved[Int($0)].parameters["kind"]?.text }
      let written = node(at: [forms.group, "kind"], of: stage, point: point)?.comparable.text
      variant = (resolved ?? written) ?? ""
      schema = schema?.form(beside: [forms.group: .record(["kind": .text(variant)])])
      guard schema != nil else { return nil }
    }
    let inline = reading.role == "with"
    return groups.place(
      of: reading, owner: inline ? stage.source.name : "", schema: schema, form: variant,
      base: inline ? stage.source.with : experiment.parameters[reading.group], point: point)
  }

  private func node(at path: [String], of stage: BoundStage, point: Int) -> YAMLNode? {
    guard let reading = stage.readings.first(where: { $0.role == path.first }) else { return nil }
    let base = reading.role == "with" ? stage.source.with : experiment.parameters[reading.group]
    let node = groups.node(of: reading.group, base: base, point: point)
    return path.dropFirst().reduce(node) { $0?[$1] }
  }

  /// Two jobs with one stream would pass for independent and be the same numbers.
  private mutating func refuseSharedStreams() {
    var owners: [Digest: Int] = [:]
    for (place, job) in jobs.enumerated() where stages[job.stage].declaration.isStochastic {
      guard let other = owners.updateValue(place, forKey: job.recipe.family),
        // One stage at several lengths or targets is one chain, and is meant to be.
        jobs[other].stage != job.stage || jobs[other].recipe.key == job.recipe.key
      else { continue }
      let names = [jobs[other], job].map { stages[$0.stage].name }
      problems.append(
        .error(
          "stages `\(names[0])` and `\(names[1])` would draw the same random numbers: they have "
            + "the same kind, parameters and inputs",
          hint: "give one of them a group of its own with another `replica`"))
      if problems.found.count >= 20 { return }
    }
  }
}
