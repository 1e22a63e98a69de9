internal import Diagnostics
internal import Values
internal import YAML

extension ExperimentReader {
  /// The `slurm` part of a profile with the resources of single stages inside.
  mutating func cluster(_ node: YAMLNode?, stages: [String]) -> Record? {
    guard let node else { return nil }
    var decoder = ValueDecoder()
    defer { problems.append(contentsOf: decoder.problems) }
    guard var cluster = decoder.decode(node, as: ManifestSchema.slurm, name: "slurm") else {
      return nil
    }
    var own = Record()
    for entry in node["stages"]?.entries ?? [] {
      let name = entry.key.scalar?.text ?? ""
      if !stages.contains(name) {
        problems.append(
          .error(
            "there is no stage `\(name)`", at: entry.key.location, length: entry.key.length,
            hint: suggestion(for: name, in: stages)))
      }
      let resources = decoder.decode(
        entry.value, as: ManifestSchema.slurmStage, name: "slurm.stages.\(name)")
      if let resources { own[name] = .record(resources) }
    }
    cluster["stages"] = .record(own)
    return cluster
  }
}
