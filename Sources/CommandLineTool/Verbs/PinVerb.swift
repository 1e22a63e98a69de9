internal import Artifacts
internal import ContentHash
internal import Diagnostics

enum PinVerb: Verb {
  static let declaration = VerbDeclaration(
    "pin", "keep artifacts, with all they are made of, from gc",
    details: "The argument is the beginning of a key, EXP.yaml, or EXP.yaml#STAGE or #FIGURE.",
    positionals: [.init("KEY|EXP#STAGE", repeats: true)],
    options: [.store, .init("--note", "TEXT", "why; shown by `slmc pins`"), .quiet],
    examples: [
      "slmc pin 1f2e3d --note 'figure 2 of the paper'",
      "slmc pin experiments/quickstart.yaml#analysis",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let note = arguments.value("--note") ?? ""
    guard !note.contains("\n") else { throw Diagnostics(error: "`--note` takes one line") }
    for word in arguments.positionals {
      let target = try Target(word, arguments, in: tool)
      for item in target.items {
        let reason =
          note.isEmpty && item.name != item.key.short
          ? "\(word.prefix { $0 != "#" }): \(item.name)" : note
        try target.store.pin(item.key, note: reason)
        if !arguments.has("--quiet") { tool.output.print("pinned \(item.key.short) \(reason)") }
      }
    }
    return .done
  }
}

enum UnpinVerb: Verb {
  static let declaration = VerbDeclaration(
    "unpin", "let gc remove artifacts again",
    positionals: [.init("KEY|EXP#STAGE", repeats: true)], options: [.store, .quiet],
    examples: ["slmc unpin 1f2e3d"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    for word in arguments.positionals {
      for (key, store) in try keys(word, arguments, tool) {
        let wasPinned = store.unpin(key)
        if !arguments.has("--quiet") {
          tool.output.print(wasPinned ? "unpinned \(key.short)" : "\(key.short) was not pinned")
        }
      }
    }
    return .done
  }

  /// A pin may outlive its artifact, so keys are looked for among the pins first.
  private static func keys(
    _ word: String, _ arguments: Arguments, _ tool: Tool
  ) throws -> [(Digest, Store)] {
    if !Target.namesExperiment(word) {
      let store = try tool.existingStore(arguments)
      let pinned = try store.pins().filter { $0.key.description.hasPrefix(word.lowercased()) }
      if pinned.count == 1 { return [(pinned[0].key, store)] }
    }
    let target = try Target(word, arguments, in: tool)
    return target.items.map { ($0.key, target.store) }
  }
}
