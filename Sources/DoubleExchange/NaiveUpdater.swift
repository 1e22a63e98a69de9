internal import Lattice
internal import MonteCarlo
internal import Randomness

/// Single-spin Metropolis with one diagonalisation per proposal: slow, obvious, the oracle.
final class NaiveUpdater: Updater {
  private(set) var field: Field
  private var running: Double
  private let system: DoubleExchangeSystem
  private let weight: DoubleExchangeWeight
  private var proposer: SpinProposer
  private var random: RandomStream
  private var tally = ProposalTally()

  init(_ system: DoubleExchangeSystem, mix: ProposalMix, start: Field, random: RandomStream) {
    self.system = system
    self.random = random
    field = start
    weight = DoubleExchangeWeight(system, route: .levels)
    proposer = SpinProposer(system, mix: mix)
    running = weight.logWeight(start)
  }

  func sweep() -> Double {
    var accepted = 0
    for site in 0..<field.places {
      let old = field.spin(at: site)
      let (spin, kind) = proposer.propose(at: site, of: field, using: &random)
      field.setSpin(spin, at: site)
      let proposed = weight.logWeight(field)
      let isAccepted = accepts(proposed - running, using: &random)
      if isAccepted {
        running = proposed
        accepted += 1
      } else {
        field.setSpin(old, at: site)
      }
      tally.record(kind, isAccepted)
    }
    return Double(accepted) / Double(field.places)
  }

  func tune() {
    proposer.tune(tally)
    tally = ProposalTally()
  }

  func freeze() { tally = ProposalTally() }

  func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".field"] = field.values
    state.reals[name + ".logWeight"] = [running]
    state.reals[name + ".tally"] = proposer.saved(tally)
    state.store(random, as: name + ".stream")
  }

  func restore(from state: ChainState, as name: String) throws(FieldError) {
    let values = try state.numbers(name + ".field", count: field.values.count)
    let restored = try system.shape.field(values)
    try system.validate(restored)
    running = try state.numbers(name + ".logWeight", count: 1)[0]
    random = try state.stream(name + ".stream")
    tally = proposer.restore(try state.numbers(name + ".tally", count: 7))
    field = restored
  }

  var logWeight: Double? { running }

  var evaluationsPerSweep: Double? { Double(field.places) }

  var facts: [Fact] { proposer.facts(tally) }
}
