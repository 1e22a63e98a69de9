internal import Pipeline
internal import Stages
internal import Values

/// What the theories remark on the systems of a plan, such as their couplings in other conventions.
struct SystemRemarks {
  let lines: [String]

  /// More systems than these would hide the plan.
  private static let most = 3

  init(_ plan: Plan, _ theories: TheoryBook) {
    var systems: [Record] = []
    for job in plan.jobs {
      guard let system = plan.parameters(of: job)["system"]?.record, !systems.contains(system)
      else { continue }
      systems.append(system)
      guard systems.count <= Self.most else { break }
    }
    lines = systems.prefix(Self.most).flatMap { system -> [String] in
      let remarks = theories.remarks(on: system)
      guard !remarks.isEmpty else { return [] }
      let name = system.elements.map { "\($0.0) \($0.1.spelling)" }.joined(separator: ", ")
      return ["the same system as \(name):"] + remarks.map { "  " + $0 }
    }
  }
}
