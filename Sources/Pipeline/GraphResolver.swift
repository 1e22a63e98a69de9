internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

/// A pipeline's stage bound to its kind, before the sweep is laid over it.
struct BoundStage {
  let source: PipelineGraph.Stage
  let declaration: StageDeclaration
  /// Ascending by role.
  let readings: [PipelineGraph.Stage.Reading]
  var inputs: [Input] = []
  /// Inputs from other experiments: their places in `ForeignStages.links`.
  var foreign: [(slot: String, link: Int)] = []

  /// An input from a stage of the same pipeline.
  struct Input {
    let slot: String
    let stage: Int
    /// Where it takes every artifact along swept parameters.
    let fanIn: FanIn?
    /// Those parameters' axes; nil where the input is one artifact.
    var over: [Int]?
  }
}

/// Checks a pipeline against the stage kinds and orders it so that inputs come first.
struct GraphResolver {
  let registry: StageRegistry
  let experiment: Experiment
  var foreignStages: ForeignStages
  var problems = Diagnostics()

  mutating func resolve() -> [BoundStage] {
    let names = experiment.pipeline.stages.map(\.name)
    var bound = ordered().compactMap { bind($0) }
    let places = Dictionary(
      bound.enumerated().map { ($1.source.name, $0) }
    ) { first, _ in first }
    for place in bound.indices {
      // Around a circle, which is a mistake already noted, there is an input that comes later.
      bound[place].inputs = inputs(of: bound[place], places: places, bound: bound, names: names)
        .filter { $0.stage < place }
      bound[place].foreign = foreignInputs(of: bound[place])
    }
    resolveFanIns(&bound)
    checkSweep(bound)
    return bound
  }

  private mutating func bind(_ stage: PipelineGraph.Stage) -> BoundStage? {
    guard let declaration = registry[stage.kind]?.declaration else {
      problems.append(
        .error(
          "unknown stage kind `\(stage.kind)`", at: stage.kindLocation, length: stage.kind.count,
          hint: suggestion(for: stage.kind, in: registry.declarations.map(\.kind))))
      return nil
    }
    var readings = stage.reads
    if let with = stage.with {
      if !accepts(declaration, "with") {
        problems.append(
          .error(
            "stage kind `\(stage.kind)` takes no parameters in `with`", at: with.location,
            hint: "write them under `parameters`, in a group that it reads"))
      }
      readings.append(.init(role: "with", group: "with", location: stage.location))
    }
    for reading in stage.reads where !accepts(declaration, reading.role) {
      problems.append(
        .error(
          "stage kind `\(stage.kind)` does not read `\(reading.role)`", at: reading.location,
          length: reading.role.count,
          hint: suggestion(for: reading.role, in: declaration.groups.map(\.name))))
    }
    for group in declaration.groups where !readings.contains(where: { $0.role == group.name }) {
      // What a kind knows and the pipeline leaves out takes the manifest's group of that name.
      readings.append(.init(role: group.name, group: group.name, location: stage.location))
    }
    return BoundStage(
      source: stage, declaration: declaration, readings: readings.sorted { $0.role < $1.role })
  }

  private func accepts(_ declaration: StageDeclaration, _ role: String) -> Bool {
    declaration.takesFreeGroups || declaration.groups.contains { $0.name == role }
  }

  private mutating func inputs(
    of stage: BoundStage, places: [String: Int], bound: [BoundStage], names: [String]
  ) -> [BoundStage.Input] {
    let declaration = stage.declaration
    var found: [BoundStage.Input] = []
    for need in stage.source.needs where need.foreign == nil {
      guard let place = places[need.stage] else {
        if !names.contains(need.stage) {
          problems.append(
            .error(
              "there is no stage `\(need.stage)`", at: need.location, length: need.stage.count,
              hint: suggestion(for: need.stage, in: names)))
        }
        continue
      }
      check(need, of: declaration, filledBy: bound[place].declaration.kind)
      found.append(BoundStage.Input(slot: need.slot, stage: place, fanIn: need.over))
    }
    for input in declaration.inputs where !input.isOptional {
      guard !stage.source.needs.contains(where: { $0.input == input.slot }) else { continue }
      problems.append(
        .error(
          "stage `\(stage.source.name)` needs `\(input.slot)`: \(input.summary)",
          at: stage.source.location, hint: "write needs: {\(input.slot): STAGE}"))
    }
    return found.sorted { $0.slot < $1.slot }
  }

  private mutating func foreignInputs(of stage: BoundStage) -> [(slot: String, link: Int)] {
    stage.source.needs.compactMap { need in
      guard let foreign = need.foreign,
        let (link, kind) = foreignStages.link(foreign, problems: &problems)
      else { return nil }
      check(need, of: stage.declaration, filledBy: kind)
      return (need.slot, link)
    }
  }

  private mutating func check(
    _ need: PipelineGraph.Stage.Need, of declaration: StageDeclaration, filledBy kind: String
  ) {
    let input = declaration.inputs.first { $0.slot == need.input }
    if input == nil && !declaration.takesFreeGroups {
      problems.append(
        .error(
          "stage kind `\(declaration.kind)` has no input `\(need.input)`", at: need.location,
          hint: suggestion(for: need.input, in: declaration.inputs.map(\.slot))))
    }
    guard let input else { return }
    // One mistake for the whole list.
    if !input.isList, need.place == 0 {
      problems.append(
        .error("input `\(need.input)` takes one stage, not a list", at: need.location))
    }
    if !input.isList, need.over != nil {
      problems.append(
        .error(
          "input `\(need.input)` takes one artifact, not all those along `over`",
          at: need.location))
    }
    if need.place == nil || input.isList, !input.kinds.isEmpty, !input.kinds.contains(kind) {
      problems.append(
        .error(
          "input `\(need.input)` takes \(input.kinds.joined(separator: " or ")), "
            + "but stage `\(need.stage)` is \(kind)", at: need.location,
          length: need.stage.count, hint: need.foreign == nil ? hint(for: input.kinds) : nil))
    }
  }

  /// The stages whose kind fits.
  private func hint(for kinds: [String]) -> String {
    let fitting = experiment.pipeline.stages.filter { kinds.contains($0.kind) }
    return fitting.isEmpty
      ? "no stage of the pipeline fits"
      : fitting.map { "`\($0.name)`" }.joined(separator: " or ") + " would fit"
  }

  /// Depth-first order; a cycle is named with its stages.
  private mutating func ordered() -> [PipelineGraph.Stage] {
    let stages = Dictionary(
      experiment.pipeline.stages.map { ($0.name, $0) }
    ) { first, _ in first }
    var done: Set<String> = []
    var path: [String] = []
    var order: [PipelineGraph.Stage] = []
    var cycle: [String]?
    func visit(_ stage: PipelineGraph.Stage) {
      if done.contains(stage.name) { return }
      if let start = path.firstIndex(of: stage.name) {
        cycle = cycle ?? Array(path[start...]) + [stage.name]
        return
      }
      path.append(stage.name)
      for need in stage.needs.sorted(by: { $0.slot < $1.slot }) where need.foreign == nil {
        if let input = stages[need.stage] { visit(input) }
      }
      path.removeLast()
      done.insert(stage.name)
      order.append(stage)
    }
    for stage in experiment.pipeline.stages { visit(stage) }
    if let cycle {
      problems.append(
        .error(
          "the stages need each other in a circle: " + cycle.joined(separator: " -> "),
          at: stages[cycle[0]]?.location))
    }
    return order
  }
}
