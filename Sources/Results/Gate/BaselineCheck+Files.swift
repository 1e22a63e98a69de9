package import Reporting
internal import Statistics

extension BaselineCheck {
  /// For CI systems: one case per job's bits and one per observable.
  package var junit: JUnitReport {
    JUnitReport(
      name: "slmc check \(current.experiment)",
      suites: [
        JUnitReport.Suite("bits", cases: bits.map(bitCase)),
        JUnitReport.Suite("statistics", cases: observables.entries.map(observableCase)),
      ])
  }

  private func bitCase(_ job: JobBits) -> JUnitReport.Case {
    let outcome: JUnitReport.Outcome =
      switch job.bits {
      case .same: .passed
      case .changed where settings.bitsAreDue && job.isFirst:
        .failed(
          message: "other bits under an unchanged version",
          details: "If that is meant, raise the stage's version and run slmc check --update.")
      case .changed where settings.bitsAreDue:
        .failed(message: "other bits, as what it is made from has other bits", details: "")
      case .changed, .otherRecipe, .otherPlatform:
        .skipped(message: "not compared: \(job.bits.rawValue)")
      }
    return JUnitReport.Case(
      job.id, className: "\(current.experiment).bits", outcome: outcome)
  }

  private func observableCase(_ entry: ObservableComparison.Entry) -> JUnitReport.Case {
    let details = [
      "baseline \(entry.pair.first.notation.plainText)",
      "now \(entry.pair.second.notation.plainText)",
      entry.z.map { "z = \(Amount.decimal($0))" } ?? "",
      entry.smallestShift.map { "detectable shift \(ValueNotation($0).plainText)" } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    let outcome: JUnitReport.Outcome =
      switch entry.verdict {
      case .identical, .consistent: .passed
      case .inconsistent: .failed(message: "inconsistent with the baseline", details: details)
      case .underpowered: .error(message: entry.verdictText, details: details)
      case nil: .skipped(message: "\(entry.verdictText): \(details)")
      }
    return JUnitReport.Case(
      entry.pair.name, className: "\(current.experiment).\(entry.pair.place)", outcome: outcome)
  }

  /// For the report's section.
  func comparison(named name: String) -> BaselineComparison {
    let open = count(nil)
    let same = bits.count { $0.bits == .same }
    return BaselineComparison(
      baseline: name,
      method: """
        \(same) of \(Self.counted(bits.count, "job")) have the bits of the baseline. \
        \(method): a false alarm of the whole comparison has a chance of at most \
        \(Amount.percent(level)).\
        \(open > 0 ? " \(open) numbers of the sampler or without an error differ and are not judged." : "")
        """,
      rows: observables.entries.compactMap { entry in
        entry.verdict.flatMap { BaselineComparison.Outcome(rawValue: $0.rawValue) }.map {
          BaselineComparison.Row(
            point: entry.pair.place, observable: entry.pair.name, baseline: entry.pair.first,
            current: entry.pair.second, zScore: entry.z, outcome: $0,
            detectableShift: entry.smallestShift)
        }
      })
  }
}
