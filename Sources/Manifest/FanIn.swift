public import Diagnostics
internal import Values
internal import YAML

/// Every artifact of a stage along swept parameters, in one job: `{stage: exact, over: system.temperature}`.
public struct FanIn: Sendable {
  /// A swept parameter as it is named.
  public struct Path: Sendable {
    /// As it is named, `system.temperature`.
    public let name: String
    /// Where it is named.
    public let location: SourceLocation
  }

  /// The stage whose artifacts are taken.
  public let stage: String
  /// The first one is the slowest.
  public let paths: [Path]

  /// Whether a mapping in `needs` is one of these and no stage of another experiment.
  static func describes(_ node: YAMLNode) -> Bool {
    node["experiment"] == nil
      && (node["over"] != nil || node.entries?.map(\.name) == ["stage"])
  }

  /// nil, with the reasons noted, when the node does not describe one.
  static func read(_ node: YAMLNode, slot: String, problems: inout Diagnostics) -> FanIn? {
    var decoder = ValueDecoder()
    let record = decoder.decode(node, as: ManifestSchema.fanIn, name: "needs.\(slot)")
    problems.append(contentsOf: decoder.problems)
    guard let stage = record?["stage"]?.text, let over = node["over"] else { return nil }
    let paths = (over.elements ?? [over]).compactMap { node in
      node.scalar.map { Path(name: $0.text, location: node.location) }
    }
    return FanIn(stage: stage, paths: paths)
  }
}
