internal import Glibc
internal import Pipeline
internal import Reporting

/// A status as lines of text, for `status` and, repainted, for `watch`.
struct StatusText {
  let report: StatusReport
  let output: Terminal
  /// Bars instead of counts alone.
  var showsBars = false
  var mostFailures = 5

  var lines: [String] {
    stageLines + prefixLines + (report.queueTrouble.map { ["  queue: \($0)"] } ?? []) + runningLines
      + doubtLines
      + failureLines
  }

  private var stageLines: [String] {
    if showsBars {
      return ProgressRows(rows: report.stages.filter { $0.jobs > 0 }.map(row)).lines(on: output)
    }
    let width = report.stages.map(\.name.count).max() ?? 0
    return report.stages.filter { $0.jobs > 0 }.map { stage in
      let name = stage.name + String(repeating: " ", count: width - stage.name.count)
      let states = ["\(stage.cached) of \(stage.jobs) cached"] + states(of: stage)
      let queue = stage.queue.map { "; queue: \($0.text)" } ?? ""
      return "  \(name)  \(states.joined(separator: ", "))\(queue)\(stage.numbers.text)"
    }
  }

  private func row(_ stage: StatusReport.Stage) -> ProgressRows.Row {
    ProgressRows.Row(
      name: stage.name, share: stage.share, isTroubled: stage.failed > 0,
      count: "\(stage.cached)/\(stage.jobs)",
      details: states(of: stage) + (stage.queue.map { ["queue: \($0.text)"] } ?? [])
        + stage.numbers.parts)
  }

  /// What became of jobs, besides those that are cached; with a bar it shows how many are missing.
  private func states(of stage: StatusReport.Stage) -> [String] {
    var parts: [String] = []
    if stage.running > 0 { parts.append("\(stage.running) running") }
    if stage.interrupted > 0 { parts.append("\(stage.interrupted) interrupted") }
    if stage.failed > 0 { parts.append(output.paint("\(stage.failed) failed", .bad)) }
    if stage.missing > 0 && !showsBars { parts.append("\(stage.missing) missing") }
    if stage.prefixes > 0 { parts.append("\(stage.prefixes) in part") }
    if stage.notConverged > 0 {
      parts.append(output.paint("\(stage.notConverged) not converged", .warning))
    } else if stage.converged > 0 {
      parts.append(stage.converged == 1 ? "converged" : "all converged")
    }
    return parts
  }

  private var runningLines: [String] {
    report.running.map { running in
      var text = "  \(running.name): "
      if let progress = running.progress, progress.total > 0 {
        text += "\(100 * progress.done / progress.total) %, "
        if let left = progress.secondsLeft { text += "about \(Amount.duration(left)) left, " }
        if !progress.note.isEmpty { text += "\(progress.note), " }
      }
      text += running.holder
      if let log = running.workerLog { text += "; \(log)" }
      return text
    }
  }

  private var prefixLines: [String] {
    let shown = report.prefixes.prefix(mostFailures).map {
      "  \($0.name): \($0.steps) of \($0.wanted) steps so far"
    }
    return shown + more(report.prefixes.count - shown.count, "in part")
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
