internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Reporting
internal import Values

enum ListVerb: Verb {
  static let declaration = VerbDeclaration(
    "ls", "the artifacts of the store, the newest first",
    options: [
      .store, .json, .init("--kind", "KIND", "only artifacts of this stage kind"),
      .init("--unused", nil, "only artifacts that no artifact and no noted experiment uses"),
    ],
    examples: ["slmc ls", "slmc ls --kind train-model --json"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let store = try tool.existingStore(arguments)
    let catalog = try Catalog(store)
    let book = UsageBook(store)
    let kinds = Set(catalog.artifacts.map(\.kind)).sorted()
    if let kind = arguments.value("--kind"), !kinds.contains(kind) {
      throw Diagnostics(
        error: "the store has no artifacts of kind `\(kind)`",
        hint: suggestion(for: kind, in: kinds))
    }
    let shown = catalog.artifacts
      .filter { arguments.value("--kind") == nil || $0.kind == arguments.value("--kind") }
      .filter {
        !arguments.has("--unused")
          || catalog.users(of: $0.key).isEmpty && book.experiments(using: $0.key).isEmpty
      }
      .sorted { ($1.endedAt, $0.key) < ($0.endedAt, $1.key) }
    if arguments.has("--json") {
      tool.output.print(json(shown, catalog, book).json())
    } else {
      show(shown, catalog, book, on: tool.output)
    }
    for key in catalog.unreadable {
      tool.errors.print(
        "warning: artifact \(key.short) cannot be read; `slmc verify --repair` removes it")
    }
    return .done
  }

  private static func json(
    _ artifacts: [ArtifactMetadata], _ catalog: Catalog, _ book: UsageBook
  ) -> Value {
    .record([
      "artifacts": .list(
        artifacts.map { artifact in
          .record([
            "kind": .text(artifact.kind), "key": .text(artifact.key.description),
            "bytes": .integer(artifact.bytes), "endedAt": .text(artifact.endedAt),
            "length": artifact.length.map(Value.integer) ?? .null,
            "usedBy": .list(catalog.users(of: artifact.key).map { .text($0.description) }),
            "experiments": .list(book.experiments(using: artifact.key).map(Value.text)),
          ])
        }),
      "unreadable": .list(catalog.unreadable.map { .text($0.description) }),
    ])
  }

  private static func show(
    _ artifacts: [ArtifactMetadata], _ catalog: Catalog, _ book: UsageBook, on output: Terminal
  ) {
    let now = Age.now
    var columns = Columns(right: [2, 3])
    columns.append("KEY", "KIND", "SIZE", "AGE", "USED BY")
    for artifact in artifacts {
      let age = Age.seconds(since: artifact.endedAt, now: now)
      let users = catalog.users(of: artifact.key).count
      let uses =
        (users > 0 ? ["\(users) artifact\(users == 1 ? "" : "s")"] : [])
        + book.experiments(using: artifact.key)
      columns.append(
        artifact.key.short, artifact.kind, Amount.bytes(artifact.bytes),
        age.map { Amount.duration(Double(max($0, 0))) } ?? "?",
        uses.isEmpty ? "nobody" : uses.joined(separator: ", "))
    }
    output.print(columns.text())
    let bytes = artifacts.reduce(0) { $0 + $1.bytes }
    output.print("\(artifacts.count) artifacts, \(Amount.bytes(bytes))")
  }
}

extension ArtifactMetadata {
  /// When the job ended, empty when it is not known.
  var endedAt: String { provenance["endedAt"]?.text ?? "" }
}
