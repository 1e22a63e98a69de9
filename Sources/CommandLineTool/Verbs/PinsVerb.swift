internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Values

enum PinsVerb: Verb {
  static let declaration = VerbDeclaration(
    "pins", "what is pinned, and why", options: [.store, .json], examples: ["slmc pins"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let store = try tool.existingStore(arguments)
    let pins = try store.pins()
    let artifacts = pins.map { try? store.metadata(of: $0.key) }
    if arguments.has("--json") {
      let list = zip(pins, artifacts).map { pin, artifact in
        Value.record([
          "key": .text(pin.key.description), "note": .text(pin.note),
          "kind": artifact.map { .text($0.kind) } ?? .null, "inStore": .boolean(artifact != nil),
        ])
      }
      tool.output.print(Value.record(["pins": .list(list)]).json())
      return .done
    }
    var columns = Columns()
    for (pin, artifact) in zip(pins, artifacts) {
      columns.append(pin.key.short, artifact?.kind ?? "not in the store", pin.note)
    }
    tool.output.print(pins.isEmpty ? "nothing is pinned" : columns.text())
    return .done
  }
}
