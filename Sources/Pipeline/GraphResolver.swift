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
  var inputs: [(slot: String, stage: Int)] = []
}

/// Checks a pipeline against the stage kinds and orders it so that inputs come first.
struct GraphResolver {
  let registry: StageRegistry
  let experiment: Experiment
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
    }
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
  ) -> [(slot: String, stage: Int)] {
    let declaration = stage.declaration
    var found: [(slot: String, stage: Int)] = []
    for need in stage.source.needs {
      guard let place = places[need.stage] else {
        if !names.contains(need.stage) {
          problems.append(
            .error(
              "there is no stage `\(need.stage)`", at: need.location, length: need.stage.count,
              hint: suggestion(for: need.stage, in: names)))
        }
        continue
      }
      let input = declaration.inputs.first { $0.slot == need.input }
      if input == nil && !declaration.takesFreeGroups {
        problems.append(
          .error(
            "stage kind `\(declaration.kind)` has no input `\(need.input)`", at: need.location,
            hint: suggestion(for: need.input, in: declaration.inputs.map(\.slot))))
      }
      if let input, !input.isList, need.slot != need.input {
        problems.append(
          .error("input `\(need.input)` takes one stage, not a list", at: need.location))
        break
      }
      let kind = bound[place].declaration.kind
      if let input, !input.kinds.isEmpty, !input.kinds.contains(kind) {
        problems.append(
          .error(
            "input `\(need.input)` takes \(input.kinds.joined(separator: " or ")), "
              + "but stage `\(need.stage)` is \(kind)", at: need.location,
            length: need.stage.count, hint: hint(for: input.kinds)))
      }
      found.append((need.slot, place))
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
      for need in stage.needs.sorted(by: { $0.slot < $1.slot }) {
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

  /// Values for groups that nobody reads are mistakes, not decoration.
  private mutating func checkSweep(_ bound: [BoundStage]) {
    guard problems.isEmpty else { return }
    let read = Set(bound.flatMap { $0.readings.map(\.group) }).sorted()
    for axis in experiment.sweep.axes where !read.contains(axis.group) {
      problems.append(
        .error(
          "no stage reads `\(axis.group)`, so sweeping `\(axis.name)` changes nothing",
          at: axis.values.first?.location, hint: suggestion(for: axis.group, in: read)))
    }
    for (group, node) in experiment.parameters.sorted(by: { $0.key < $1.key })
    where !read.contains(group) {
      problems.append(
        .error(
          "no stage reads the parameters `\(group)`", at: node.location,
          hint: suggestion(for: group, in: read)))
    }
  }
}
