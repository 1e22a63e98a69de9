internal import HDF5
internal import Statistics

extension ChainAnalysis {
  /// The same verdict as everywhere, on all numbers of the chain together.
  mutating func judge() {
    let verdicts = ConvergenceVerdict.together(assessments.map(\.assessment))
    for (entry, verdict) in zip(assessments, verdicts) {
      let name = results[entry.place].name
      results[entry.place].doubts += verdict.reasons.map { "\(name): \($0)" }
    }
  }

  /// Fewest proposals that have to be accepted.
  private static let smallestAcceptance = 0.01

  /// A chain that hardly moves says nothing of any number.
  mutating func doubtStandstill() {
    guard let doubt = standstillDoubt else { return }
    for place in results.indices { results[place].doubts.insert(doubt, at: 0) }
  }

  /// Why the chain does not move; nil where it does.
  var standstillDoubt: String? {
    guard let acceptance = results.first(where: { $0.name == "acceptance" })?.value,
      !(acceptance >= Self.smallestAcceptance)
    else { return nil }
    return acceptance == 0
      ? "no proposal was accepted: the chain never moved"
      : "acceptance: \(acceptance) of the proposals are accepted, below \(Self.smallestAcceptance)"
  }

  /// A chain that was to run until a target and ended before has not got what was asked of it.
  mutating func doubtMissedTarget(of chain: HDF5File) throws {
    guard try chain.exists("/goal"), try chain.integerAttribute("reached", of: "/goal") != 1 else {
      return
    }
    let name = try chain.stringAttribute("observable", of: "/goal")
    for place in results.indices where results[place].name == name {
      results[place].doubts.append("\(name): the chain ended before it reached its target")
    }
  }
}
