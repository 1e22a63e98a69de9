internal import Diagnostics
internal import FileSystem

extension ExperimentReader {
  /// Reads the experiments whose stages a pipeline needs, each once.
  ///
  /// They are read as they are written: what the command line sets is meant for the experiment that it
  /// names. A profile is a mode of the whole project, so it is handed on.
  mutating func others(of pipeline: PipelineGraph, profile: String?) -> [String: Experiment] {
    var others: [String: Experiment] = [:]
    var failed: Set<String> = []
    for stage in pipeline.foreignStages {
      let name = stage.experimentName
      guard others[name] == nil, !failed.contains(name) else { continue }
      others[name] = other(stage, profile: profile)
      if others[name] == nil { failed.insert(name) }
    }
    return others
  }

  /// nil, with the reason noted, when it cannot be read or leads back here.
  private mutating func other(_ stage: ForeignStage, profile: String?) -> Experiment? {
    guard let file = stage.candidates.first(where: { isFile($0) }) else {
      problems.append(
        .error(
          "there is no experiment `\(stage.name)`", at: stage.nameLocation,
          length: stage.name.count,
          hint: "looked for " + stage.candidates.map(\.description).joined(separator: ", ")))
      return nil
    }
    if let start = way.firstIndex(where: { $0.isSameFile(as: file) }) {
      let circle = (way[start...] + [way[start]]).map(\.name).joined(separator: " -> ")
      problems.append(
        .error(
          "the experiments need each other in a circle: \(circle)", at: stage.nameLocation,
          length: stage.name.count,
          hint: start == way.count - 1 ? "for a stage of this experiment write its name alone" : nil
        ))
      return nil
    }
    var reader = ExperimentReader(
      way: way + [file], inheritedProfile: stage.profile == nil ? profile : nil)
    reader.frozen = frozen
    let other = reader.experiment(file, overrides: Overrides(profile: stage.profile))
    sources += reader.sources.filter { source in !sources.contains { $0.file == source.file } }
    // What is left to plan tells its mistakes when it is planned.
    if other == nil { problems.append(contentsOf: reader.problems) }
    return other
  }
}
