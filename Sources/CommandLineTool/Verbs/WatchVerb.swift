internal import Artifacts
internal import Diagnostics
internal import Executors
internal import Glibc
internal import Manifest
internal import Pipeline

enum WatchVerb: Verb {
  static let declaration = VerbDeclaration(
    "watch", "a live view of a running experiment, from any shell",
    details: """
      Reads the store's files only, so it works beside any number of runs and over SSH. It ends when
      everything is done; without a terminal it prints a view whenever something changed.
      """,
    positionals: [.init("EXP.yaml")],
    options: .manifestOptions + [
      .init("--interval", "SECONDS", "time between looks (default 1)"),
      .init("--once", nil, "one view, then end"),
    ],
    examples: ["slmc watch experiments/quickstart.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.experiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    let unconsulted = try PlanBuilder.build(
      experiment, registry: tool.registry, selection: try tool.selection(arguments))
    let pause = UInt32(clamping: try arguments.integer("--interval", atLeast: 1) ?? 1)
    var last: [String] = []
    while true {
      var plan = unconsulted
      var index = StoreIndex(store)
      plan.consult(&index)
      let report = StatusReport(plan, store)
      let lines = view(report, plan, index, on: tool.output)
      if tool.output.isInteractive && !arguments.has("--once") {
        tool.output.repaint(lines)
      } else if lines != last {
        tool.output.print(lines.joined(separator: "\n"))
      }
      last = lines
      if report.isComplete || arguments.has("--once") { return .done }
      sleep(pause)
    }
  }

  private static func view(
    _ report: StatusReport, _ plan: Plan, _ index: StoreIndex, on output: Terminal
  ) -> [String] {
    let done = report.stages.reduce(0) { $0 + $1.cached }
    var title =
      "\(output.paint(report.experiment, .strong)): \(done) of \(plan.jobs.count) jobs done"
    if !report.isComplete {
      title += timeLeft(report, plan, index)
      title += report.running.isEmpty ? ", nothing runs" : ", \(report.running.count) running"
    }
    return [title] + StatusText(report: report, output: output, showsBars: true).lines
  }

  /// By the rates of what is done and by what running jobs say; as many go on at a time as now.
  private static func timeLeft(
    _ report: StatusReport, _ plan: Plan, _ index: StoreIndex
  ) -> String {
    let running = Dictionary(report.running.map { ($0.job, RunningJob(progress: $0.progress)) }) {
      first, _ in first
    }
    let left = RemainingTime(plan, index, jobs: running.count).left(running: running)
    return left.words.map { ", \($0)" + (running.isEmpty ? " on one core" : "") } ?? ""
  }
}
