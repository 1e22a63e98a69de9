internal import Glibc
internal import Pipeline

/// A status as lines of text, for `status` and, repainted, for `watch`.
struct StatusText {
  let report: StatusReport
  let output: Terminal
  /// Bars instead of counts alone.
  var showsBars = false
  var mostFailures = 5

  var lines: [String] {
    stageLines + (report.queueTrouble.map { ["  queue: \($0)"] } ?? []) + runningLines + doubtLines
      + failureLines
  }

  private var stageLines: [String] {
    let width = report.stages.map(\.name.count).max() ?? 0
    return report.stages.filter { $0.jobs > 0 }.map { stage in
      let name = stage.name + String(repeating: " ", count: width - stage.name.count)
      return "  \(name)  \(bar(stage))\(counts(stage))\(stage.numbers.text)"
    }
  }

  private func bar(_ stage: StatusReport.Stage) -> String {
    guard showsBars else { return "" }
    let filled = min(20, Int(20 * stage.share))
    let bar = output.paint(String(repeating: "█", count: filled), stage.failed > 0 ? .bad : .good)
    return bar + output.paint(String(repeating: "░", count: 20 - filled), .faint) + "  "
  }

  private func counts(_ stage: StatusReport.Stage) -> String {
    var parts = ["\(stage.cached) of \(stage.jobs) cached"]
    if stage.running > 0 { parts.append("\(stage.running) running") }
    if stage.interrupted > 0 { parts.append("\(stage.interrupted) interrupted") }
    if stage.failed > 0 { parts.append(output.paint("\(stage.failed) failed", .bad)) }
    if stage.missing > 0 { parts.append("\(stage.missing) missing") }
    if stage.notConverged > 0 {
      parts.append(output.paint("\(stage.notConverged) not converged", .warning))
    } else if stage.converged > 0 {
      parts.append(stage.converged == 1 ? "converged" : "all converged")
    }
    return parts.joined(separator: ", ") + (stage.queue.map { "; queue: \($0.text)" } ?? "")
  }

  private var runningLines: [String] {
    report.running.map { running in
      var text = "  \(running.name): \(running.holder)"
      if let progress = running.progress, progress.total > 0 {
        text += ", \(100 * progress.done / progress.total) %"
        if !progress.note.isEmpty { text += ", \(progress.note)" }
        if let left = progress.secondsLeft { text += ", about \(Amount.duration(left)) left" }
      }
      if let log = running.workerLog { text += "; \(log)" }
      return text
    }
  }

  private var doubtLines: [String] {
    let shown = report.doubts.prefix(mostFailures).map { "  \($0.name): not converged: \($0.text)" }
    return shown + more(report.doubts.count - shown.count, "not converged")
  }

  private var failureLines: [String] {
    let shown = report.failures.prefix(mostFailures).flatMap { failure in
      ["  \(output.paint("failed", .bad)): \(failure.name)"] + failure.log.map { "    \($0)" }
    }
    return shown + more(report.failures.count - mostFailures, "failed")
  }

  private func more(_ count: Int, _ what: String) -> [String] {
    count > 0 ? ["  and \(count) more \(what)"] : []
  }
}
