internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Values

enum TraceVerb: Verb {
  static let declaration = VerbDeclaration(
    "trace", "what an artifact was made of, and what was made of it",
    details: """
      The argument is the beginning of a key, or EXP.yaml#STAGE, EXP.yaml#STAGE[axis=value], or
      EXP.yaml#FIGURE for the artifacts behind a figure.
      """,
    positionals: [.init("KEY|EXP#STAGE")],
    options: [
      .store, .json, .init("--up", nil, "only what it was made of"),
      .init("--down", nil, "only what was made of it"),
    ],
    examples: ["slmc trace 1f2e3d", "slmc trace experiments/quickstart.yaml#acceptance"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let target = try Target(arguments.positionals[0], arguments, in: tool)
    let catalog = try Catalog(target.store)
    let both = arguments.has("--up") == arguments.has("--down")
    let trace = LineageTree(
      catalog: catalog, showsInputs: both || arguments.has("--up"),
      showsUsers: both || arguments.has("--down"))
    if arguments.has("--json") {
      tool.output.print(Value.record(["artifacts": .list(target.items.map(trace.json))]).json())
    } else {
      tool.output.print(
        target.items.map { trace.text($0, on: tool.output) }.joined(separator: "\n"))
    }
    return .done
  }
}
