internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Reporting
internal import Values

enum CollectVerb: Verb {
  static let declaration = VerbDeclaration(
    "gc", "remove artifacts that the given manifests, pins and baselines do not need",
    details: """
      Without --delete it only tells what would go. Every profile of a manifest counts as needed, and
      so does a shorter chain that a longer one would continue. While something runs, all that any
      noted experiment needs is kept.
      """,
    positionals: [.init("EXP.yaml", repeats: true)],
    options: [.store, .init("--delete", nil, "remove them"), .json, .quiet],
    examples: ["slmc gc experiments/*.yaml", "slmc gc experiments/*.yaml --delete"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let first = try tool.experiment(arguments)
    let store = try tool.existingStore(arguments, near: first)
    let catalog = try Catalog(store)
    var roots = Roots()
    for word in arguments.positionals {
      try roots.add(Path(word), store, registry: tool.registry, catalog: catalog)
    }
    let book = UsageBook(store)
    let collection = try GarbageCollection(
      store, catalog, roots: roots.keys, families: roots.families, noted: book.keys)
    let deletes = arguments.has("--delete")
    let removed = deletes ? try collection.delete() : []
    if arguments.has("--json") {
      tool.output.print(json(collection, removed: deletes ? removed : nil).json())
    } else {
      show(collection, roots, book, removed: deletes ? removed : nil, arguments, tool)
    }
    return .done
  }

  private static func show(
    _ collection: GarbageCollection, _ roots: Roots, _ book: UsageBook,
    removed: [GarbageCollection.Item]?, _ arguments: Arguments, _ tool: Tool
  ) {
    if !arguments.has("--quiet") {
      var columns = Columns(right: [2])
      for item in removed ?? collection.garbage {
        let users = book.experiments(using: item.key).joined(separator: ", ")
        columns.append(item.key.short, item.kind, Amount.bytes(item.bytes), users)
      }
      let text = columns.text(indent: "  ")
      if !text.isEmpty { tool.output.print(text) }
    }
    let strangers = Set(collection.garbage.flatMap { book.experiments(using: $0.key) })
      .subtracting(roots.experiments).sorted()
    if !strangers.isEmpty && removed == nil {
      tool.errors.print(
        "warning: some of it was made for experiments that were not given: "
          + strangers.joined(separator: ", "))
    }
    if collection.isBusy {
      tool.output.print("jobs are running: what noted experiments need stays")
    }
    let bytes = (removed ?? collection.garbage).reduce(0) { $0 + $1.bytes }
    let count = (removed ?? collection.garbage).count
    let verb = removed == nil ? "would go" : "removed"
    let hint = removed == nil && count > 0 ? "; --delete removes them" : ""
    tool.output.print(
      "\(count) artifacts, \(Amount.bytes(bytes)) \(verb); \(collection.kept) artifacts, "
        + "\(Amount.bytes(collection.keptBytes)) are needed\(hint)")
  }

  private static func json(
    _ collection: GarbageCollection, removed: [GarbageCollection.Item]?
  ) -> Value {
    let items = removed ?? collection.garbage
    return .record([
      "deleted": .boolean(removed != nil), "busy": .boolean(collection.isBusy),
      "kept": .integer(collection.kept), "keptBytes": .integer(collection.keptBytes),
      "bytes": .integer(items.reduce(0) { $0 + $1.bytes }),
      "garbage": .list(
        items.map {
          .record([
            "key": .text($0.key.description), "kind": .text($0.kind), "bytes": .integer($0.bytes),
          ])
        }),
    ])
  }
}
