public import Diagnostics
public import FileSystem
internal import Values
internal import YAML

/// What the command line adds to a manifest.
public struct Overrides: Sendable {
  /// The profile asked for; nil for none.
  public var profile: String?
  /// `-S path=value`, in order.
  public var settings: [(path: String, value: String)]

  /// What the command line changes of a manifest.
  public init(profile: String? = nil, settings: [(path: String, value: String)] = []) {
    self.profile = profile
    self.settings = settings
  }
}

/// Reads an experiment with its pipeline, its profile and the command line's settings.
public struct ExperimentReader {
  /// Of one text. A hundred thousand points written one by one are half of it.
  static let sizeLimit = 16 << 20

  var problems = Diagnostics()
  var sources: [SourceText] = []
  /// Texts that count instead of what the files hold now.
  var frozen: [String: [UInt8]] = [:]
  /// The manifests on the way here, this one last: who needs itself is told the circle.
  var way: [Path] = []
  /// A profile of the experiment that needs this one; taken where there is one of that name.
  var inheritedProfile: String?

  /// Reads as much as can be read: throws only where nothing is left to plan. What else is wrong goes
  /// into `Experiment.problems`, so that a person sees all mistakes of all files at once.
  ///
  /// - Parameter frozen: texts by file name that are read instead of the files, so that what was
  ///   submitted stays what it was while its author edits on.
  public static func read(
    _ file: Path, overrides: Overrides = Overrides(), frozen: [String: [UInt8]] = [:]
  ) throws(Diagnostics) -> Experiment {
    var reader = ExperimentReader(way: [file])
    reader.frozen = frozen
    let experiment = reader.experiment(file, overrides: overrides)
    guard let experiment else {
      throw reader.sources.reduce(reader.problems) { $0.quoting($1) }
    }
    return experiment
  }

  mutating func experiment(_ file: Path, overrides: Overrides) -> Experiment? {
    guard let root = load(file, what: "experiment", schema: ManifestSchema.experiment) else {
      return nil
    }
    var decoder = ValueDecoder()
    let header = decoder.decode(root, as: ManifestSchema.experiment, name: "")
    problems.append(contentsOf: decoder.problems)
    let inherited = root["profiles"]?.entries?.first { $0.name == inheritedProfile }?.name
    let profileName = overrides.profile ?? inherited
    let profile = profile(named: profileName, in: root["profiles"])
    var settings = Settings(parameters: root["parameters"], problems: problems)
    var sweepReader = SweepReader()
    var sweep = sweepReader.read(profile?["sweep"] ?? root["sweep"])
    for entry in profile?["set"]?.entries ?? [] {
      settings.set(entry.key.scalar?.text ?? "", to: entry.value, in: &sweep)
    }
    for (path, text) in overrides.settings { settings.set(path, text: text, in: &sweep) }
    problems = settings.problems
    problems.append(contentsOf: sweepReader.problems)
    let pipeline = pipeline(root, header: root["pipeline"]?.text ?? "", file: file)
    let figures: [Figure] = choices(
      root["figures"], as: ManifestSchema.figure, under: "figures")
    let tables: [TableChoice] = choices(
      root["tables"], as: ManifestSchema.table, under: "tables")
    checkNames(in: root, stages: pipeline)
    refuseNamesake(of: root["experiment"], file)
    guard let pipeline else { return nil }
    let cluster = cluster(profile?["slurm"], stages: pipeline.stages.map(\.name))
    let others = others(of: pipeline, profile: overrides.profile ?? inheritedProfile)
    return Experiment(
      name: header?["experiment"]?.text ?? "",
      description: header?["description"]?.text ?? "",
      descriptionLocation: root["description"]?.location, file: file,
      seed: settings.seed ?? header?["seed"]?.integer ?? 0, pipeline: pipeline,
      parameters: settings.groups, sweep: sweep, figures: figures, tables: tables,
      others: others,
      baseline: Self.baseline(header?["baseline"]?.text ?? "", profile: profileName),
      gate: gate(root["gate"]), profile: profileName, isAdjusted: !overrides.settings.isEmpty,
      cluster: cluster, sources: sources,
      problems: problems)
  }

  /// Parses one file; nil, with the reasons noted, when it cannot be read.
  private mutating func load(_ file: Path, what: String, schema: GroupSchema) -> YAMLNode? {
    let bytes: [UInt8]
    do {
      if let text = frozen[file.description] {
        bytes = text
      } else {
        bytes = try file.readRegular(limit: Self.sizeLimit)
      }
    } catch {
      let isThere = file.exists && !file.isFolder
      problems.append(
        .error(
          "cannot read the \(what) \(file): \(error.reason)",
          hint: isThere ? nil : Self.hint(for: file)))
      return nil
    }
    sources.append(SourceText(file: file.description, bytes: bytes))
    do {
      return try YAML.parse(bytes: bytes, file: file.description)
    } catch {
      problems.append(contentsOf: error)
      return nil
    }
  }

  /// Manifests of that folder with a similar name, or how to come to one.
  private static func hint(for file: Path) -> String {
    let names = ((try? file.folder.names()) ?? []).filter { $0.hasSuffix(".yaml") }
    if file.isFolder { return "name one of its files" }
    return suggestion(for: file.name, in: names.sorted()) ?? "`slmc init NAME` writes a manifest"
  }

  private mutating func profile(named name: String?, in node: YAMLNode?) -> YAMLNode? {
    var found: YAMLNode?
    for entry in node?.entries ?? [] {
      var decoder = ValueDecoder()
      let key = entry.key.scalar?.text ?? ""
      _ = decoder.decode(entry.value, as: ManifestSchema.profile, name: "profiles.\(key)")
      problems.append(contentsOf: decoder.problems)
      if key == name { found = entry.value }
    }
    if let name, found == nil {
      let names = (node?.entries ?? []).compactMap { $0.key.scalar?.text }
      problems.append(
        .error(
          "there is no profile `\(name)`", at: node?.location,
          hint: suggestion(for: name, in: names)
            ?? "the manifest has no `profiles`; `slmc explain profiles` tells how to write one"))
    }
    return found
  }

  /// Stages of the manifest itself, or of a shared pipeline: a path, or a name in `pipelines/`.
  private mutating func pipeline(
    _ root: YAMLNode, header: String, file: Path
  ) -> PipelineGraph? {
    var reader = PipelineReader(folder: file.folder)
    defer { problems.append(contentsOf: reader.problems) }
    if let stages = root["stages"] {
      if let other = root["pipeline"] {
        problems.append(.error("write either `pipeline` or `stages`, not both", at: other.location))
      }
      return reader.read(stages, name: root["experiment"]?.scalar?.text ?? "")
    }
    guard let reference = root["pipeline"] else {
      problems.append(
        .error(
          "the experiment needs a `pipeline`, or `stages` of its own", at: root.location,
          hint: "`slmc init NAME` writes an example"))
      return nil
    }
    let candidates = Self.pipelineNames(header).map { file.folder / $0 }
    // An experiment may be called like its pipeline, and is none itself.
    guard let path = candidates.first(where: { isFile($0) && $0.absolute != file.absolute }) else {
      problems.append(
        .error(
          "there is no pipeline `\(header)`", at: reference.location, length: reference.length,
          hint: "looked for " + candidates.map(\.description).joined(separator: ", ")))
      return nil
    }
    guard let node = load(path, what: "pipeline", schema: ManifestSchema.pipeline) else {
      return nil
    }
    var decoder = ValueDecoder()
    let record = decoder.decode(node, as: ManifestSchema.pipeline, name: "")
    problems.append(contentsOf: decoder.problems)
    guard let stages = node["stages"] else { return nil }
    reader = PipelineReader(folder: path.folder)
    return reader.read(stages, name: record?["pipeline"]?.text ?? header)
  }

  /// Only YAML is looked at: a message would quote lines of any other file that is named here.
  private static func pipelineNames(_ name: String) -> [String] {
    let isFile = name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let file = isFile ? name : "\(name).yaml"
    return name.hasPrefix("/") ? [file] : [file, "pipelines/\(file)", "../pipelines/\(file)"]
  }

  /// `results/x/baseline.json`, and `results/x/baseline.ci.json` for the profile `ci`: other values
  /// have other results.
  private static func baseline(_ name: String, profile: String?) -> Path? {
    guard !name.isEmpty else { return nil }
    guard let profile else { return Path(name) }
    let ending = name.hasSuffix(".json") ? ".json" : ""
    return Path("\(name.dropLast(ending.count)).\(profile)\(ending)")
  }

  private mutating func gate(_ node: YAMLNode?) -> Record {
    var decoder = ValueDecoder()
    let place = node ?? .mapping([], at: SourceLocation(file: "", line: 1, column: 1))
    let settings = decoder.decode(place, as: ManifestSchema.gate, name: "gate") ?? [:]
    problems.append(contentsOf: decoder.problems)
    for group in ["resolution", "tolerance"] {
      for (name, value) in settings[group]?.record?.elements ?? Record().elements
      where value.number.map({ $0 > 0 }) != true {
        problems.append(
          .error(
            "`gate.\(group).\(name)` is \(value.spelling), but must be a number above 0",
            at: node?[group]?.location))
      }
    }
    return settings
  }

  func isFile(_ path: Path) -> Bool {
    frozen[path.description] != nil || (path.exists && !path.isFolder)
  }
}
