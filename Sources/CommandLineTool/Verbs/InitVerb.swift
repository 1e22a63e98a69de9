internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Stages

enum InitVerb: Verb {
  static let declaration = VerbDeclaration(
    "init", "write a commented manifest that runs, as a start for your own",
    details: "Writes experiments/NAME.yaml (default: first) and replaces nothing.",
    positionals: [.init("NAME", isRequired: false)],
    options: [.init("--system", "KIND", "of which system; `slmc explain system` lists them")],
    examples: [
      "slmc init", "slmc init temperature-scan && slmc run experiments/temperature-scan.yaml",
    ]
  )

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let name = arguments.positionals.first ?? "first"
    let allowed = name.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_".utf8.contains(byte)
    }
    guard allowed && !name.isEmpty && !name.hasPrefix("-") else {
      throw Diagnostics(
        error: "`\(name)` cannot name an experiment",
        hint: "letters, digits, - and _ can, as in `slmc init first-try`")
    }
    let starter = StarterManifest(
      name: name, reference: ManifestReference(tool.registry),
      system: try system(arguments.value("--system"), in: tool))
    let path = Path(starter.file)
    do {
      try path.folder.createFolders()
      try path.create(Array(starter.text.utf8))
    } catch {
      guard error.isPresent else { throw Diagnostics(error: "\(error)") }
      throw Diagnostics(
        error: "\(path) is there already, and nothing is replaced",
        hint: "choose another name: `slmc init NAME`")
    }
    tool.output.print("wrote \(path)")
    tool.output.print("next: slmc run \(path) && slmc figures \(path)")
    return .done
  }

  /// The system of that name, else the first; only those whose theory proposes a start.
  private static func system(_ name: String?, in tool: Tool) throws -> GroupSchema.Variant {
    let systems = tool.theories.systems.filter { !$0.example.isEmpty }
    if let system = systems.first(where: { name == nil || $0.kind == name }) { return system }
    let kinds = systems.map(\.kind)
    throw Diagnostics(
      error: "no manifest can be begun for a system `\(name ?? "")`",
      hint: suggestion(for: name ?? "", in: kinds) ?? "there are \(kinds.joined(separator: ", "))")
  }
}
