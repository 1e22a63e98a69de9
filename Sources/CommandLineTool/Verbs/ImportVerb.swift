internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Pipeline

enum ImportVerb: Verb {
  static let declaration = VerbDeclaration(
    "import", "take an exported archive into a store and its manifests into a folder",
    details: """
      Every digest and every key is computed anew before anything is committed; no file is replaced.
      Into the folder go manifests, the baseline, and files that artifacts of the archive read, all as
      new plain files. What came so says so: `show`, `trace` and the report name the archive, and
      `slmc verify --recompute N` makes a sample again.
      """,
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
      archive: archive, store: try tool.store(at: Path(root)), folder: folder,
      registry: tool.registry)
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
