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
    checkWords(of: cluster, in: node)
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
      if let resources {
        checkWords(of: resources, in: entry.value)
        own[name] = .record(resources)
      }
      check(resources?["time"], at: entry.value["time"], leavesMoreThan: cluster["lead"])
    }
    check(cluster["time"], at: node["time"], leavesMoreThan: cluster["lead"])
    cluster["stages"] = .record(own)
    return cluster
  }

  /// A line of a batch script ends at a line end: what follows would be a line of its own, or a command.
  private mutating func checkWords(of settings: Record, in node: YAMLNode) {
    for (name, value) in settings.elements where name != "preamble" {
      let words = value.list?.compactMap(\.text) ?? [value.text].compactMap { $0 }
      let isPlain = words.allSatisfy { word in
        word.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      }
      guard !isPlain else { continue }
      problems.append(
        .error(
          "`\(name)` holds a line end or another control character, which no option of sbatch has",
          at: node[name]?.location ?? node.location))
    }
  }

  /// A worker that makes way as soon as it begins would do nothing.
  private mutating func check(
    _ minutes: Value?, at node: YAMLNode?, leavesMoreThan lead: Value?
  ) {
    guard let minutes = minutes?.integer, let node, let lead = lead?.integer, lead >= 60 * minutes
    else { return }
    problems.append(
      .error(
        "a worker of \(minutes) min would make way \(lead) s before its end, so at once",
        at: node.location, length: node.underline, hint: "set `lead` below \(60 * minutes)"))
  }
}
