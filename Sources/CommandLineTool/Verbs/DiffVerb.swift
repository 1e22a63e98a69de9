internal import Diagnostics
internal import Statistics
internal import Values

enum DiffVerb: Verb {
  static let declaration = VerbDeclaration(
    "diff", "two artifacts or two experiments: parameters first, then results with z-scores",
    details: """
      Each argument is the beginning of a key, EXP.yaml, EXP.yaml#STAGE or EXP.yaml#STAGE[axis=value].
      Jobs of one name are compared. The chance of a false `inconsistent` is 1 % over all results
      together; results of chains that did not converge are `underpowered`.
      """,
    positionals: [.init("A"), .init("B")],
    options: [
      .store, .json, .init("--all", nil, "list identical results too"),
      .init("--exit-code", nil, "4 when inconsistent, 5 when underpowered"),
    ],
    examples: [
      "slmc diff 1f2e3d 4a5b6c",
      "slmc diff experiments/a.yaml#analysis experiments/b.yaml#analysis",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let sides = try arguments.positionals.map { try Target($0, arguments, in: tool) }
    let report = try DifferenceReport(sides[0], sides[1])
    if arguments.has("--json") {
      tool.output.print(report.json.json())
    } else {
      tool.output.print(report.text(on: tool.output, showsAll: arguments.has("--all")))
    }
    guard arguments.has("--exit-code") else { return .done }
    switch report.verdict {
    case .inconsistent: return .gateFailed
    case .underpowered, nil: return .inconclusive
    case .consistent, .identical: return .done
    }
  }
}
