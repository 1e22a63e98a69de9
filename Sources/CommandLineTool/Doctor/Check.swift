internal import Values

/// One thing that `doctor` looked at.
struct Check {
  enum Verdict: String {
    case good, warning, bad
  }

  let name: String
  let verdict: Verdict
  let finding: String
  /// How to mend it; empty where nothing is wrong.
  let remedy: String

  static func good(_ name: String, _ finding: String) -> Check {
    Check(name: name, verdict: .good, finding: finding, remedy: "")
  }

  static func warning(_ name: String, _ finding: String, remedy: String) -> Check {
    Check(name: name, verdict: .warning, finding: finding, remedy: remedy)
  }

  static func bad(_ name: String, _ finding: String, remedy: String) -> Check {
    Check(name: name, verdict: .bad, finding: finding, remedy: remedy)
  }

  var value: Value {
    .record([
      "name": .text(name), "verdict": .text(verdict.rawValue), "finding": .text(finding),
      "remedy": .text(remedy),
    ])
  }

  func text(on output: Terminal, width: Int) -> String {
    let ink: Terminal.Ink =
      switch verdict {
      case .good: .good
      case .warning: .warning
      case .bad: .bad
      }
    let mark = verdict == .good ? "ok     " : verdict == .warning ? "warning" : "bad    "
    let name = name + String(repeating: " ", count: max(0, width - name.count))
    let remedy = remedy.isEmpty ? "" : "\n           " + output.paint("-> " + remedy, .strong)
    return "  \(output.paint(mark, ink))  \(name)  \(finding)\(remedy)"
  }
}
