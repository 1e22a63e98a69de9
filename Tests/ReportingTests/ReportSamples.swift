import Foundation
import Reporting

/// A report with every section, awkward texts included; `rows` scales the sweep.
func sampleReport(figures: [ReportFigure] = [], rows: Int = 24) -> ReportContent {
  var content = ReportContent(
    title: "attention-depth",
    subtitle: "Acceptance against the number of attention layers, $6\\times6$",
    verdict: ReportVerdict(
      .inconclusive,
      headline: "21 of 24 observables agree with the baseline; 3 could not be decided.",
      details: [
        "Underpowered at $T = 0.05$: could not have seen a shift of 0.02 in $|M_{\\mathrm{st}}|$",
        "2 chains have not converged <script>alert(1)</script>",
      ]))
  content.overview = [
    .init("points", "\(rows)"), .init("best acceptance", "$0.861(4)$"),
    .init("slowest $\\tau$", "$12.3(1.1)$"),
    .init("converged", "22 of 24"),
  ]
  content.figures = figures
  content.tables = [
    ReportTable(
      acceptanceTable(rows: rows), caption: "Mean acceptance of the global move.",
      tsv: "acceptance.tsv", json: "acceptance.json", latex: "acceptance.tex"),
    ReportTable(sampleTable()), ReportTable(ResultTable(name: "nothing", columns: [.init("a")])),
  ]
  content.comparison = comparison(rows: rows)
  content.stages = StageGraph(
    stages: [
      .init(name: "exact", kind: "exact-samples", counts: [.reused: 4]),
      .init(name: "model", kind: "train-model", counts: [.done: 20, .reused: 3, .failed: 1]),
      .init(name: "chain", kind: "self-learning-chain", counts: [.done: 23, .waiting: 1]),
      .init(name: "metropolis", kind: "metropolis-chain", counts: [.done: 4]),
      .init(name: "analysis", kind: "analyze-chain", counts: [.done: 27, .waiting: 1]),
    ],
    edges: [
      ("exact", "model"), ("model", "chain"), ("chain", "analysis"), ("metropolis", "analysis"),
    ])
  content.learningCurves = (1...6).map { layers in
    let steps = (0..<400).map { Double($0) * 10 }
    let losses = steps.map { exp(-$0 / (300 + 200 * Double(layers))) + 0.02 / Double(layers) }
    return LearningCurve(
      label: "\(layers) layers, $T = 0.05$", steps: steps, losses: losses,
      validation: losses.map { $0 * 1.15 })
  }
  content.provenance = [
    .init("seed", "20231020"), .init("manifest digest", "9f2c41d07be3a86f10c5d9b2e4a7f683"),
  ]
  content.manifest = """
    slmc: 1
    experiment: attention-depth   # a <comment>
    pipeline: self-learning
    seed: 20231020
    sweep:
      product: {model.layers: [1, 2, 3, 4, 5, 6]}

    """
  return content
}

/// The part of a report that may differ between runs.
func sampleExecution(jobs: Int = 60) -> ExecutionRecord {
  ExecutionRecord(
    bars: (0..<jobs).map { job in
      let start = Double(job / 2) * 14
      return .init(
        lane: "worker \(job % 2 + 1)", label: "chain \(job)", start: start, end: start + 13,
        state: job == 17 ? .failed : job < 6 ? .reused : .done)
    }, facts: [.init("host", "ci-runner"), .init("begun", "2026-01-01 12:00")])
}

private func acceptanceTable(rows: Int) -> ResultTable {
  var table = ResultTable(
    name: "acceptance", title: "Acceptance",
    columns: [
      .init("model.kind", label: "Model"), .init("model.layers", label: "$L$"),
      .init("temperature", label: "$T$", unit: "$t$"),
      .init("acceptance", label: "Acceptance", summary: "Mean acceptance of the global move"),
      .init("magnetisation", label: "$|M_{\\mathrm{st}}|$"),
    ])
  for row in 0..<rows {
    let value = 0.2 + 0.6 * Double((row * 37) % 101) / 101
    table.append([
      .text(row % 4 == 0 ? "linear" : "attention"), .integer(row % 7),
      .number(0.02 + 0.01 * Double(row % 5)),
      .measured(
        MeasuredValue(
          value, error: 0.002 + 0.0001 * Double(row % 13), autocorrelationTime: 1 / value,
          autocorrelationTimeError: 0.1, effectiveSamples: 1000 * value,
          isConverged: row % 11 != 5, artifact: "b31f9a77c0de\(row)aa55")),
      .measured(
        MeasuredValue(
          0.4 + 0.01 * Double(row % 9), error: 0.004, autocorrelationTime: 3.3,
          effectiveSamples: 300, isConverged: row % 11 != 5, artifact: "b31f9a77c0de\(row)aa55")),
    ])
  }
  return table
}

private func comparison(rows: Int) -> BaselineComparison {
  BaselineComparison(
    baseline: "results/attention-depth/baseline.json",
    method: "Family-wise false-alarm rate 0.01 after Holm's correction over all observables.",
    rows: (0..<rows).map { row in
      let outcome = BaselineComparison.Outcome.allCases[row % 9 == 4 ? 1 : row % 3 == 0 ? 3 : 2]
      return .init(
        point: "layers = \(row % 6 + 1), T = 0.05",
        observable: row % 2 == 0 ? "acceptance" : "M_st",
        baseline: MeasuredValue(0.5, error: 0.004),
        current: MeasuredValue(0.5 + 0.001 * Double(row % 5), error: 0.005),
        zScore: outcome == .identical ? 0 : 0.16 * Double(row % 5), outcome: outcome,
        detectableShift: 0.021)
    })
}
