internal import MonteCarlo

/// Attempts and acceptances by kind.
struct ProposalTally: Sendable, Equatable {
  var attempts: [Double] = [0, 0, 0]
  var accepted: [Double] = [0, 0, 0]

  mutating func record(_ kind: ProposalKind, _ isAccepted: Bool) {
    attempts[kind.rawValue] += 1
    if isAccepted { accepted[kind.rawValue] += 1 }
  }

  func share(_ kind: ProposalKind) -> Double {
    accepted[kind.rawValue] / max(1, attempts[kind.rawValue])
  }
}

extension SpinProposer {
  /// Aims the rotation at the acceptance of one half.
  mutating func tune(_ tally: ProposalTally) {
    guard tally.attempts[ProposalKind.rotation.rawValue] > 0 else { return }
    step = tuned(step, acceptance: tally.share(.rotation), target: 0.5, largest: 4)
  }

  func saved(_ tally: ProposalTally) -> [Double] { [step] + tally.attempts + tally.accepted }

  mutating func restore(_ saved: [Double]) -> ProposalTally {
    step = saved[0]
    return ProposalTally(attempts: Array(saved[1..<4]), accepted: Array(saved[4..<7]))
  }

  func facts(_ tally: ProposalTally) -> [Fact] {
    let names = ["Fresh", "Rotation", "Reflection"]
    var facts = ProposalKind.allCases.filter { tally.attempts[$0.rawValue] > 0 }.map {
      Fact(
        "acceptance\(names[$0.rawValue])", tally.share($0),
        "accepted share of the \(names[$0.rawValue].lowercased()) proposals after thermalisation")
    }
    if mix.rotation > 0 {
      facts.append(Fact("rotationStep", step, "width of the rotations, tuned in thermalisation"))
    }
    return facts
  }
}
