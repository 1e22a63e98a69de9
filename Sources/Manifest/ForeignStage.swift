public import Diagnostics
internal import FileSystem
internal import Values
public import YAML

/// A stage of another experiment that fills an input: `{experiment: FILE, stage: NAME, at: {…}}`.
public struct ForeignStage: Sendable {
  /// A swept parameter of the other experiment and the value it shall have.
  public struct Choice: Sendable {
    /// The axis, as `system.temperature`.
    public let path: String
    /// The value that is chosen on it.
    public let value: YAMLNode
    /// Where the manifest says so.
    public let location: SourceLocation
  }

  /// The manifest as it is named, relative to the file that names it.
  public let name: String
  /// Where the other experiment is named.
  public let nameLocation: SourceLocation
  /// The profile to read it with; nil for that of the experiment at hand, where it has one of that
  /// name.
  public let profile: String?
  /// The stage of the other experiment.
  public let stage: String
  /// Where that stage is named.
  public let stageLocation: SourceLocation
  /// The point of its sweep, as far as the manifest chooses one.
  public let at: [Choice]
  /// Where the need stands.
  public let location: SourceLocation
  /// The folder of the file that names it.
  let folder: Path

  /// Tells the experiments of `Experiment.others` apart.
  public var experimentName: String { "\(folder)\n\(name)\n\(profile ?? "")" }
}

extension ForeignStage {
  /// nil, with the reasons noted, when the node does not describe one.
  static func read(
    _ node: YAMLNode, folder: Path, slot: String, problems: inout Diagnostics
  ) -> ForeignStage? {
    var decoder = ValueDecoder()
    let record = decoder.decode(node, as: ManifestSchema.foreignStage, name: "needs.\(slot)")
    problems.append(contentsOf: decoder.problems)
    guard let record, let name = record["experiment"]?.text, let stage = record["stage"]?.text
    else { return nil }
    if let at = node["at"], at.entries == nil {
      problems.append(
        .error(
          "`at` must choose values of the other experiment's sweep, as in {model.layers: 3}",
          at: at.location, length: at.length))
    }
    let profile = record["profile"]?.text ?? ""
    return ForeignStage(
      name: name, nameLocation: node["experiment"]?.location ?? node.location,
      profile: profile.isEmpty ? nil : profile, stage: stage,
      stageLocation: node["stage"]?.location ?? node.location,
      at: (node["at"]?.entries ?? []).map {
        Choice(path: $0.name, value: $0.value, location: $0.key.location)
      },
      location: node.location, folder: folder)
  }

  /// Where the manifest, a YAML file, is looked for: beside the file that names it, and in `experiments/`.
  var candidates: [Path] {
    let folders = [folder, folder / "experiments", folder / "../experiments"]
    let isFile = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    return folders.map { $0 / (isFile ? name : "\(name).yaml") }
  }
}
