internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values

enum ExportVerb: Verb {
  static let declaration = VerbDeclaration(
    "export", "one tar file with manifests, artifacts and their provenance, to publish or move",
    details: """
      EXP.yaml#STAGE and EXP.yaml#FIGURE take only what is behind that stage or figure. Equal stores
      give equal bytes. `slmc import` puts it into another store, where the experiment is done then;
      any tar program unpacks it too, and h5py reads its data.h5.
      """,
    positionals: [.init("EXP.yaml[#FIGURE]")],
    options: [
      .store, .init("--output", "FILE.tar", "where to write it; nothing is replaced"), .quiet,
    ],
    examples: ["slmc export experiments/quickstart.yaml#acceptance --output figure-1.tar"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let word = arguments.positionals[0]
    guard let output = arguments.value("--output").map({ Path($0) }) else {
      throw Diagnostics(
        error: "`slmc export` needs --output FILE.tar",
        hint: "as in slmc export \(word) --output figure.tar")
    }
    guard !output.exists else {
      throw Diagnostics(error: "\(output) is there already, and nothing is replaced")
    }
    guard Target.namesExperiment(word) else {
      throw Diagnostics(error: "`slmc export` takes a manifest, EXP.yaml or EXP.yaml#FIGURE")
    }
    let target = try Target(word, arguments, in: tool)
    let file = Path(String(word.prefix { $0 != "#" }))
    let experiment = try ExperimentReader.read(file)
    let catalog = try Catalog(target.store)
    let missing = target.items.filter { catalog[$0.key] == nil }
    guard missing.isEmpty else {
      throw VerbFailure(
        "\(missing.count) of \(target.items.count) jobs are not done (\(missing[0].name)); "
          + "`slmc run \(file)` first", .workNeeded)
    }
    let keys = catalog.withInputs(of: target.items.map(\.key)).filter { catalog[$0] != nil }
      .sorted()
    var writer = try TarWriter(output)
    let declared = declaredFiles(keys.compactMap { catalog[$0] }, tool.registry)
    let texts = manifests(of: experiment, declared)
    let description = description(experiment, keys, texts.map(\.name))
    try writer.add(ArchiveLayout.description, Array(description.json(indented: true).utf8))
    for (name, file) in texts { try writer.add("manifests/\(name)", file: file) }
    for key in keys { try add(key, from: target.store, to: &writer) }
    try writer.close()
    if !arguments.has("--quiet") {
      let size = Amount.bytes(output.stamp?.size ?? 0)
      tool.output.print("wrote \(output): \(keys.count) artifacts, \(size)")
    }
    return .done
  }

  private static func description(
    _ experiment: Experiment, _ keys: [Digest], _ texts: [String]
  ) -> Value {
    .record([
      "format": .text(ArchiveLayout.format), "slmc": .text(Version.number),
      "experiment": .text(experiment.name),
      "manifests": .list(texts.map(Value.text)),
      "artifacts": .list(keys.map { .text($0.description) }),
    ])
  }

  /// Every file is checked before it leaves: a damaged artifact must not travel.
  private static func add(_ key: Digest, from store: Store, to writer: inout TarWriter) throws {
    _ = try store.verified(key)
    for file in ArchiveLayout.files {
      let path = store.folder(of: key) / file
      guard path.exists else { continue }
      try writer.add(ArchiveLayout.name(of: key, file), file: path, links: .refused)
    }
  }

  /// Files of the project that stages read: the plan elsewhere asks for their contents.
  private static func declaredFiles(
    _ artifacts: [ArtifactMetadata], _ registry: StageRegistry
  ) -> [String] {
    artifacts.flatMap { artifact -> [String] in
      let groups = registry[artifact.kind]?.declaration.groups ?? []
      return groups.flatMap { group -> [String] in
        let record = artifact.parameters[group.name]
        let fields = group.fields(of: record?.record ?? [:]) ?? []
        return fields.filter { $0.role == .files }.flatMap { record?[$0.name]?.record?.names ?? [] }
      }
    }
  }

  /// The texts that were read, declared files and the baseline, by their paths in the project.
  private static func manifests(
    of experiment: Experiment, _ declared: [String]
  ) -> [(name: String, file: Path)] {
    let project = experiment.projectFolder.absolute.description + "/"
    var files = experiment.sources.map { Path($0.file) }
    files += declared.map { experiment.projectFolder / $0 }
    if let baseline = experiment.baselineFile { files.append(baseline) }
    var named: [String: Path] = [:]
    for file in files where file.exists {
      let path = file.absolute.description
      let name = path.hasPrefix(project) ? String(path.dropFirst(project.count)) : file.name
      named[name] = file
    }
    return named.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
