internal import Reporting
internal import Results
internal import Statistics
internal import Values

extension BaselineCheck {
  /// For a terminal: the bits, the statistics, what needs attention, the verdict.
  func text(on output: Terminal, showsAll: Bool = false) -> String {
    var lines = bitLines + statisticLines
    let rows = attention(showsAll: showsAll)
    if !rows.isEmpty { lines.append(Self.table(rows)) }
    let ink: Terminal.Ink =
      switch outcome {
      case .passed: .good
      case .failed: .bad
      case .inconclusive: .warning
      }
    lines.append("verdict: " + output.paint(headline, ink))
    return lines.joined(separator: "\n")
  }

  /// The outcome and why.
  var headline: String { outcome == .passed ? "passed" : "\(outcome.rawValue): \(sentence)" }

  private var bitLines: [String] {
    let same = bits.count { $0.bits == .same }
    var lines = ["bits: \(same) of \(Self.counted(bits.count, "job")) as in the baseline"]
    let changed = bits.filter { $0.bits == .changed }
    if !changed.isEmpty {
      let first = changed.filter(\.isFirst)
      let names = first.prefix(5).map(\.id).joined(separator: ", ")
      let more = first.count > 5 ? " and \(first.count - 5) more" : ""
      lines.append(
        "  changed under an unchanged version: \(names)\(more)"
          + (changed.count > first.count
            ? " (and, from that, \(Self.counted(changed.count - first.count, "job")) behind)" : ""))
      lines.append(
        settings.bitsAreDue
          ? "  if that is meant, raise the version of the stage kind and write a new baseline "
            + "(--update)" : "  bits are not asked for (gate.bits, --no-bits)")
    }
    let recipe = bits.count { $0.bits == .otherRecipe }
    if recipe > 0 {
      let seed =
        baseline.seed == current.seed ? "" : "; the seed is \(current.seed) for \(baseline.seed)"
      lines.append(
        "  \(Self.counted(recipe, "job")) of another version or seed: the statistics decide\(seed)")
    }
    let platform = bits.count { $0.bits == .otherPlatform }
    if platform > 0 {
      lines.append(
        "  \(Self.counted(platform, "job")) made on another platform: the statistics decide")
      lines.append("    baseline: \(Self.list(baseline.platforms))")
      lines.append("    here:     \(Self.list(current.platforms))")
    }
    return lines
  }

  private var statisticLines: [String] {
    let order: [ComparisonVerdict] = [.identical, .consistent, .inconsistent, .underpowered]
    let counts = order.filter { count($0) > 0 }.map { "\(count($0)) \($0.rawValue)" }
    let open = count(nil)
    let rest = open > 0 ? ["\(open) not judged"] : []
    return [
      "statistics: \(Self.counted(observables.entries.count, "observable")): "
        + (counts + rest).joined(separator: ", "),
      "  a false alarm of this check has a chance of at most \(Amount.percent(level)) (\(method))",
    ]
  }

  /// Entries that a reader must look at, the gravest first.
  func attention(showsAll: Bool) -> [ObservableComparison.Entry] {
    func rank(_ entry: ObservableComparison.Entry) -> Int {
      switch entry.verdict {
      case .inconsistent: 0
      case .underpowered: 1
      case nil: 2
      case .consistent: 3
      case .identical: 4
      }
    }
    return observables.entries.enumerated().filter { showsAll || rank($0.element) < 2 }
      .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  private static func table(_ entries: [ObservableComparison.Entry]) -> String {
    var columns = Columns(right: [4, 5])
    columns.append("JOB", "OBSERVABLE", "BASELINE", "NOW", "Z", "P", "VERDICT")
    let most = 60
    for entry in entries.prefix(most) {
      columns.append(
        entry.pair.place, entry.pair.name, entry.pair.first.notation.plainText,
        entry.pair.second.notation.plainText, entry.z.map(Amount.decimal) ?? "",
        entry.comparison.map { ValueNotation($0.adjustedProbability).plainText } ?? "",
        entry.verdictText)
    }
    let rest = entries.count - most
    return columns.text(indent: "  ")
      + (rest > 0 ? "\n  and \(rest) more; --json lists all" : "")
  }

  static func list(_ platforms: [String]) -> String {
    platforms.map { $0.isEmpty ? "unknown" : $0 }.joined(separator: "; ")
  }
}

extension BaselineCheck {
  var json: Value {
    .record([
      "experiment": .text(current.experiment), "outcome": .text(outcome.rawValue),
      "headline": .text(headline), "level": .number(level),
      "verdict": observables.verdict.map { .text($0.rawValue) } ?? .null,
      "platforms": .record([
        "baseline": .list(baseline.platforms.map(Value.text)),
        "current": .list(current.platforms.map(Value.text)),
      ]),
      "jobs": .list(
        bits.map { job in
          .record([
            "id": .text(job.id), "bits": .text(job.bits.rawValue),
            "results": .list(
              observables.entries.filter { $0.pair.place == job.id }.map(\.json)),
          ])
        }),
    ])
  }
}
