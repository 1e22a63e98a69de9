internal import Artifacts
internal import Diagnostics
internal import Manifest
internal import Pipeline
internal import Values

enum StatusVerb: Verb {
  static let declaration = VerbDeclaration(
    "status", "what is done, running, failed and converged",
    details: """
      Read from files alone, so it can be asked from any shell while a run goes on. A job counts as
      running while its lease is held by a process that lives. Where something was submitted, the
      cluster's queue is asked once.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .json,
      .init("--exit-code", nil, "3 when something is not done, 5 when something is not converged"),
    ],
    examples: ["slmc status experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let report = try report(arguments, in: tool)
    if arguments.has("--json") {
      tool.output.print(report.json.json())
    } else {
      tool.output.print(tool.output.paint(report.experiment, .strong))
      for line in StatusText(report: report, output: tool.output).lines { tool.output.print(line) }
    }
    guard arguments.has("--exit-code") else { return .done }
    if !report.isComplete { return .workNeeded }
    return report.doubts.isEmpty ? .done : .inconclusive
  }

  static func report(_ arguments: Arguments, in tool: Tool) throws -> StatusReport {
    let (_, store, plan) = try tool.planned(arguments)
    var report = StatusReport(plan, store)
    report.askQueue(plan, store)
    return report
  }
}
