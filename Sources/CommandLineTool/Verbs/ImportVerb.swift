internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Pipeline

enum ImportVerb: Verb {
  static let declaration = VerbDeclaration(
    "import", "take an exported archive into a store and its manifests into a folder",
    details: "Every digest is computed anew before anything is committed; no file is replaced.",
    positionals: [.init("FILE.tar")],
    options: [
      .store, .init("--output", "DIR", "where the manifests go (default: here)"), .quiet,
    ],
    examples: ["slmc import figure-1.tar && slmc figures experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let archive = Path(arguments.positionals[0])
    guard archive.exists else { throw Diagnostics(error: "there is no archive \(archive)") }
    let folder = Path(arguments.value("--output") ?? ".")
    let root =
      arguments.value("--store") ?? tool.environment["SLMC_STORE"] ?? (folder / ".slmc").description
    var work = ArchiveImport(
      archive: archive, store: try Store(Path(root)), folder: folder, registry: tool.registry)
    do {
      try work.run()
    } catch let error as ArchiveError {
      throw VerbFailure("\(error)", .store)
    }
    if !arguments.has("--quiet") {
      for manifest in work.manifests { tool.output.print("wrote \(manifest)") }
      tool.output.print("\(work.added) artifacts added, \(work.present) were there already")
    }
    for conflict in work.conflicts {
      tool.errors.print("warning: \(conflict) is there with another text and was left as it is")
    }
    return .done
  }
}
