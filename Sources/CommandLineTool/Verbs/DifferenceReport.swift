internal import Artifacts
internal import ContentHash
internal import Reporting
internal import Results
internal import Statistics
internal import Values

/// Two artifacts or two experiments compared job by job.
struct DifferenceReport {
  let differences: [Difference]
  /// Jobs that one side has and the other has not, or that are not done.
  let unmatched: [String]
  /// What went in differently, of jobs that are done and of jobs that are only planned.
  let changes: [Change]

  init(_ first: Target, _ second: Target) throws {
    let catalogs = (try Catalog(first.store), try Catalog(second.store))
    var sides: [(name: String, first: Difference.Side, second: Difference.Side)] = []
    var unmatched: [String] = []
    var changes: [Change] = []
    for (a, b) in Self.pairs(first.items, second.items) {
      guard let a, let b else {
        unmatched.append(
          a.map { "\($0.name) only in \(first.title)" }
            ?? b.map { "\($0.name) only in \(second.title)" } ?? "")
        continue
      }
      changes += Change.between(a.parameters, b.parameters)
      guard let before = catalogs.0[a.key], let after = catalogs.1[b.key] else {
        let missing = catalogs.0[a.key] == nil ? first.title : second.title
        unmatched.append("\(a.name) is not done in \(missing)")
        continue
      }
      sides.append(
        (
          a.name == b.name ? a.name : "\(a.name) and \(b.name)",
          Difference.Side(metadata: before, catalog: catalogs.0, store: first.store),
          Difference.Side(metadata: after, catalog: catalogs.1, store: second.store)
        ))
    }
    differences = try Difference.between(sides)
    changes += differences.flatMap(\.changes)
    var seen: Set<Change> = []
    self.changes = changes.filter { seen.insert($0).inserted }
    self.unmatched = unmatched
  }

  /// By name; two single jobs are compared whatever they are called.
  private static func pairs(
    _ first: [Target.Item], _ second: [Target.Item]
  ) -> [(Target.Item?, Target.Item?)] {
    if first.count == 1 && second.count == 1 { return [(first[0], second[0])] }
    let others = Dictionary(second.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(first.map(\.name))
    return first.map { ($0, others[$0.name]) }
      + second.filter { !names.contains($0.name) }.map { (nil, $0) }
  }

  var verdict: ComparisonVerdict? {
    ObservableComparison.gravest(differences.compactMap(\.verdict))
  }
}

extension DifferenceReport {
  func text(on output: Terminal, showsAll: Bool) -> String {
    var lines = changeLines
    for difference in differences {
      let rows = difference.results.filter { showsAll || $0.verdict != .identical }
      let verdict = difference.verdict.map { ": \($0.rawValue)" } ?? ""
      lines.append(output.paint(difference.name, .strong) + verdict)
      guard !difference.isSameContent || showsAll, !rows.isEmpty else { continue }
      var columns = Columns(right: [3])
      columns.append("RESULT", "FIRST", "SECOND", "Z", "VERDICT")
      for row in rows {
        columns.append(
          row.pair.name, row.pair.first.notation.plainText, row.pair.second.notation.plainText,
          row.z.map(Amount.decimal) ?? "", row.verdict?.rawValue ?? "differs, without errors")
      }
      lines.append(columns.text(indent: "  "))
    }
    lines += unmatched
    lines.append("verdict: \(verdict?.rawValue ?? "nothing to compare")")
    return lines.joined(separator: "\n")
  }

  private var changeLines: [String] {
    guard !changes.isEmpty else { return ["parameters: the same"] }
    var columns = Columns()
    for change in changes {
      columns.append(
        change.what, change.before.isEmpty ? "(none)" : change.before, "->",
        change.after.isEmpty ? "(none)" : change.after)
    }
    return ["parameters", columns.text(indent: "  ")]
  }

  var json: Value {
    .record([
      "verdict": verdict.map { .text($0.rawValue) } ?? .null,
      "parameters": .list(changes.map(Self.json)), "unmatched": .list(unmatched.map(Value.text)),
      "jobs": .list(differences.map(Self.json)),
    ])
  }

  private static func json(_ difference: Difference) -> Value {
    .record([
      "id": .text(difference.name),
      "verdict": difference.verdict.map { .text($0.rawValue) } ?? .null,
      "sameContent": .boolean(difference.isSameContent),
      "parameters": .list(
        difference.changes.map(json)),
      "results": .list(difference.results.map(\.json)),
    ])
  }

  private static func json(_ change: Change) -> Value {
    .record([
      "name": .text(change.what), "first": .text(change.before), "second": .text(change.after),
    ])
  }
}
