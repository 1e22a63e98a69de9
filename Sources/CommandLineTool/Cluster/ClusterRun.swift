internal import Artifacts
internal import Diagnostics
internal import Executors
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Slurm
internal import Values

/// `run` with a cluster's profile: submits, then shows how far the workers are. The workers need no
/// one who watches: ending this early, by whatever means, changes nothing.
struct ClusterRun {
  let cluster: Cluster
  let plan: Plan
  let arguments: Arguments
  /// Between looks at the store, and between questions to the controller.
  private static let pause: UInt32 = 1
  private static let queuePause: Duration = .seconds(30)

  func run(_ index: StoreIndex) throws -> ExitCode {
    let outcome = try cluster.submit(plan, index)
    let isTalking = !arguments.has("--json") && !arguments.has("--quiet")
    if isTalking { cluster.tell(outcome) }
    var lastQuestion = ContinuousClock.now
    var lastLines: [String] = []
    var pause: UInt32 = Self.pause
    while true {
      var plan = plan
      var index = StoreIndex(cluster.store)
      plan.consult(&index)
      var report = StatusReport(plan, cluster.store)
      if report.isComplete { return finish(report, .done) }
      if ContinuousClock.now - lastQuestion > Self.queuePause {
        lastQuestion = .now
        report.askQueue(plan, cluster.store)
        // Nobody is left who could do more.
        if report.queueTrouble == nil && hasNoWorkers(report) {
          return finish(report, report.failures.isEmpty ? .workNeeded : .jobFailed)
        }
        pause = min(pause * 2, 10)
      }
      let lines = report.stages.filter { $0.jobs > 0 }.map { "\($0.name) \($0.cached)/\($0.jobs)" }
      if isTalking && lines != lastLines {
        cluster.tool.output.print(lines.joined(separator: "  "))
        lastLines = lines
        pause = Self.pause
      }
      sleep(pause)
    }
  }

  private func hasNoWorkers(_ report: StatusReport) -> Bool {
    !report.hasKeeper && report.running.isEmpty
      && report.stages.allSatisfy { $0.queue?.isEmpty ?? true }
  }

  private func finish(_ report: StatusReport, _ code: ExitCode) -> ExitCode {
    if arguments.has("--json") {
      cluster.tool.output.print(report.json.json())
    } else {
      for line in StatusText(report: report, output: cluster.tool.output).lines {
        cluster.tool.output.print(line)
      }
    }
    return code
  }
}
