public import Diagnostics
internal import FileSystem
internal import Values
public import YAML

/// A reusable graph of stages: which stages, how they connect, which parameter groups each reads.
public struct PipelineGraph: Sendable {
  /// One stage as the manifest has it.
  public struct Stage: Sendable {
    /// Where a stage takes an input from.
    public struct Need: Sendable {
      /// The input's name; in a list of several stages with its place, `screen.001`.
      public let slot: String
      /// The input's name alone.
      public let input: String
      /// Its place in a list of several stages.
      public let place: Int?
      /// A stage of this pipeline, where it is not one of another experiment.
      public let stage: String
      /// The stage of another experiment; nil for one of this pipeline.
      public let foreign: ForeignStage?
      /// Where it takes every artifact along swept parameters, in slots `SLOT.001`, …
      public let over: FanIn?
      /// Where the manifest says so.
      public let location: SourceLocation

      /// - Parameter place: nil where the input is one stage; a list of one is the same.
      init(
        _ input: String, place: Int?, stage: String, foreign: ForeignStage? = nil,
        over: FanIn? = nil, location: SourceLocation
      ) {
        slot = place.map { Self.slot($0, of: input) } ?? input
        self.input = input
        self.place = place
        self.stage = stage
        self.foreign = foreign
        self.over = over
        self.location = location
      }

      /// The most places of a list.
      public static let most = 999

      /// The slot at a place of a list: digits enough for the order of names to be that of the list.
      public static func slot(_ place: Int, of input: String) -> String {
        input + "." + String(place + 1001).dropFirst()
      }
    }

    /// A parameter group as the stage kind calls it, and the manifest's group that fills it.
    public struct Reading: Sendable {
      /// The group as the stage kind calls it.
      public let role: String
      /// The group as the manifest calls it.
      public let group: String
      /// Where the manifest says so.
      public let location: SourceLocation

      /// Which group of the manifest plays a role.
      public init(role: String, group: String, location: SourceLocation) {
        self.role = role
        self.group = group
        self.location = location
      }
    }

    /// What it is called.
    public let name: String
    /// The stage kind.
    public let kind: String
    /// Where its kind stands.
    public let kindLocation: SourceLocation
    /// Where it stands.
    public let location: SourceLocation
    /// What it is made from.
    public let needs: [Need]
    /// Which groups it reads, where the manifest says so.
    public let reads: [Reading]
    /// Parameters written in the stage itself, under the role "with".
    public let with: YAMLNode?
  }

  /// What it is called.
  public let name: String
  /// In the order of the manifest.
  public let stages: [Stage]

  /// Every stage of another experiment that fills an input here.
  public var foreignStages: [ForeignStage] { stages.flatMap { $0.needs.compactMap(\.foreign) } }
}

/// Reads the `stages:` block of a pipeline.
struct PipelineReader {
  /// The folder of the file, to which names of other experiments are relative.
  let folder: Path
  var problems = Diagnostics()
  static let stageKeys = ["kind", "needs", "reads", "with"]

  mutating func read(_ node: YAMLNode, name: String) -> PipelineGraph {
    guard let entries = node.entries, !entries.isEmpty else {
      problems.append(.error("`stages` must name at least one stage", at: node.location))
      return PipelineGraph(name: name, stages: [])
    }
    return PipelineGraph(name: name, stages: entries.compactMap { stage($0.key, $0.value) })
  }

  private mutating func stage(_ key: YAMLNode, _ node: YAMLNode) -> PipelineGraph.Stage? {
    guard let name = key.scalar?.text else { return nil }
    guard let entries = node.entries, let kind = node["kind"], let kindName = kind.scalar?.text
    else {
      problems.append(
        .error("stage `\(name)` needs a `kind`, as in {kind: exact-samples}", at: node.location))
      return nil
    }
    for entry in entries {
      guard let field = entry.key.scalar?.text, !Self.stageKeys.contains(field) else { continue }
      problems.append(
        .error(
          "unknown key `\(field)` in stage `\(name)`", at: entry.key.location,
          length: entry.key.length, hint: suggestion(for: field, in: Self.stageKeys)))
    }
    return PipelineGraph.Stage(
      name: name, kind: kindName, kindLocation: kind.location, location: key.location,
      needs: needs(node["needs"], of: name), reads: reads(node["reads"], of: name),
      with: node["with"])
  }

  private mutating func needs(_ node: YAMLNode?, of stage: String) -> [PipelineGraph.Stage.Need] {
    guard let node else { return [] }
    guard let entries = node.entries else {
      problems.append(
        .error(
          "`needs` of stage `\(stage)` must say which stage fills which slot, as in {samples: exact}",
          at: node.location))
      return []
    }
    return entries.flatMap { entry -> [PipelineGraph.Stage.Need] in
      guard let input = entry.key.scalar?.text else { return [] }
      let targets = entry.value.elements ?? [entry.value]
      guard 1...PipelineGraph.Stage.Need.most ~= targets.count else {
        problems.append(Self.noStage(input, of: stage, at: entry.value.location))
        return []
      }
      return targets.enumerated().compactMap { place, target in
        need(input, place: targets.count > 1 ? place : nil, target, stage: stage)
      }
    }
  }

  /// A stage of this pipeline by its name, or one of another experiment.
  private mutating func need(
    _ input: String, place: Int?, _ target: YAMLNode, stage: String
  ) -> PipelineGraph.Stage.Need? {
    if let name = target.scalar?.text {
      return .init(input, place: place, stage: name, location: target.location)
    }
    guard target.entries != nil else {
      problems.append(Self.noStage(input, of: stage, at: target.location))
      return nil
    }
    if FanIn.describes(target) {
      return FanIn.read(target, slot: input, problems: &problems).map {
        .init(
          input, place: place, stage: $0.stage, over: $0,
          location: target["stage"]?.location ?? target.location)
      }
    }
    let foreign = ForeignStage.read(target, folder: folder, slot: input, problems: &problems)
    return foreign.map {
      .init(input, place: place, stage: $0.stage, foreign: $0, location: target.location)
    }
  }

  private static func noStage(
    _ input: String, of stage: String, at location: SourceLocation
  ) -> Diagnostic {
    .error(
      "input `\(input)` of stage `\(stage)` takes the name of a stage, or a list of names",
      at: location,
      hint: "a stage of another experiment is {\(input): {experiment: other.yaml, stage: STAGE}}")
  }

  private mutating func reads(
    _ node: YAMLNode?, of stage: String
  ) -> [PipelineGraph.Stage.Reading] {
    guard let node else { return [] }
    if let elements = node.elements {
      return elements.compactMap { element in
        guard let name = element.scalar?.text else {
          problems.append(Self.noGroup(of: stage, at: element.location))
          return nil
        }
        return .init(role: name, group: name, location: element.location)
      }
    }
    guard let entries = node.entries else {
      problems.append(
        .error(
          "`reads` of stage `\(stage)` must list parameter groups, as in [system, chain]",
          at: node.location))
      return []
    }
    return entries.compactMap { entry in
      guard let role = entry.key.scalar?.text, let group = entry.value.scalar?.text else {
        problems.append(Self.noGroup(of: stage, at: entry.value.location))
        return nil
      }
      return .init(role: role, group: group, location: entry.value.location)
    }
  }
  private static func noGroup(of stage: String, at location: SourceLocation) -> Diagnostic {
    .error(
      "`reads` of stage `\(stage)` takes names of parameter groups here", at: location,
      hint: "a group that is read under another name is {ROLE: GROUP}, without a list around it")
  }
}
