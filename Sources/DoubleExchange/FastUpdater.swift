internal import Lattice
internal import MonteCarlo
internal import Randomness

/// Single-spin Metropolis on Green functions at the poles of the Fermi function: the same
/// proposals and decisions as `NaiveUpdater`, without a diagonalisation per proposal.
///
/// Sites are visited in order, a block at a time; see `SiteBlock` and `GreenFunctions`.
final class FastUpdater: Updater {
  private(set) var field: Field
  private var running = 0.0
  let expansion: PoleExpansion
  private let system: DoubleExchangeSystem
  private let weight: DoubleExchangeWeight
  private let green: GreenFunctions
  private let block: SiteBlock
  private let interval: Int
  private var proposer: SpinProposer
  private var random: RandomStream
  private var tally = ProposalTally()
  private var changed: [Int]
  private var changes: [SIMD3<Double>]
  /// Sweeps since the last refresh, and what it started from: the state to save, because the
  /// Green functions themselves remember every rounding since.
  private var age = 0
  private var origin: (field: Field, stream: RandomStream)
  /// Largest |running - diagonalised| ln W seen at a refresh.
  private var worstDrift = 0.0
  private var refreshes = 0.0

  init(
    _ system: DoubleExchangeSystem, _ settings: ExactChainSettings, start: Field,
    random: RandomStream
  ) throws(ParameterError) {
    self.system = system
    self.random = random
    field = start
    expansion = try PoleExpansion.forUpdates(of: system, tolerance: settings.tolerance)
    weight = DoubleExchangeWeight(system, route: .levels)
    let sites = min(
      system.lattice.sites, settings.blockSites ?? Self.blockSites(system.lattice.sites))
    green = GreenFunctions(system, expansion, blockSites: sites)
    block = SiteBlock(capacity: sites, weights: expansion.weights.map { $0 / 2 })
    interval = settings.refreshInterval
    proposer = SpinProposer(system, mix: settings.mix)
    changed = [Int](repeating: 0, count: sites)
    changes = [SIMD3<Double>](repeating: SIMD3(repeating: 0), count: sites)
    origin = (start, random)
    diagonalise()
  }

  /// Longer blocks make better matrix products on larger lattices and cost more inside the block.
  static func blockSites(_ sites: Int) -> Int { sites <= 64 ? 8 : sites <= 256 ? 16 : 24 }

  func sweep() -> Double {
    if age >= interval { refresh() }
    age += 1
    var accepted = 0
    var first = 0
    while first < field.places {
      let count = min(block.capacity, field.places - first)
      accepted += sweepBlock(first, count)
      first += count
    }
    return Double(accepted) / Double(field.places)
  }

  private func sweepBlock(_ first: Int, _ count: Int) -> Int {
    green.load(block, first: first, count: count)
    var accepted = 0
    for local in 0..<count {
      let site = first + local
      let (spin, kind) = proposer.propose(at: site, of: field, using: &random)
      let change = system.coupling / 2 * (spin - field.spin(at: site))
      let difference = block.logRatio(site: local, change: change)
      let isAccepted = accepts(difference, using: &random)
      if isAccepted {
        block.accept(site: local, change: change, count: count)
        field.setSpin(spin, at: site)
        running += difference
        changed[accepted] = local
        changes[local] = change
        accepted += 1
      }
      tally.record(kind, isAccepted)
    }
    green.absorb(block, first: first, changed: changed, changes: changes, count: accepted)
    return accepted
  }

  /// Starts again from a diagonalisation, and notes how far the running ln W had drifted.
  func refresh() {
    let drifted = running
    diagonalise()
    worstDrift = max(worstDrift, abs(drifted - running))
    refreshes += 1
  }

  private func diagonalise() {
    weight.withEigenvectors(of: field) { levels, vectors in
      green.set(levels: levels, vectors: vectors)
      running = DoubleExchange.logWeight(
        levels: levels, chemicalPotential: system.chemicalPotential,
        temperature: system.temperature)
    } ?? { running = .nan }()
    age = 0
    // Element by element: a shared buffer would be copied at the next accepted move.
    for at in field.values.indices { origin.field.values[at] = field.values[at] }
    origin.stream = random
  }

  func tune() {
    proposer.tune(tally)
    tally = ProposalTally()
  }

  func freeze() {
    refresh()
    tally = ProposalTally()
  }

  /// Gives the two chains each other's field.
  func exchange(with other: FastUpdater) {
    swap(&field, &other.field)
    diagonalise()
    other.diagonalise()
  }

  func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".origin"] = origin.field.values
    state.reals[name + ".field"] = field.values
    state.reals[name + ".tally"] = proposer.saved(tally)
    state.reals[name + ".drift"] = [worstDrift, refreshes, Double(age)]
    state.store(origin.stream, as: name + ".stream")
  }

  /// Repeats the sweeps since the last refresh, which leads to the same numbers bit for bit.
  func restore(from state: ChainState, as name: String) throws(FieldError) {
    let count = field.values.count
    let values = try state.numbers(name + ".origin", count: count)
    let expected = try state.numbers(name + ".field", count: count)
    let saved = try state.numbers(name + ".tally", count: 7)
    let drift = try state.numbers(name + ".drift", count: 3)
    let stream = try state.stream(name + ".stream")
    let restored = try system.shape.field(values)
    try system.validate(restored)
    field = restored
    random = stream
    tally = proposer.restore(saved)
    diagonalise()
    for _ in 0..<Int(drift[2]) { _ = sweep() }
    guard field.values == expected else {
      throw FieldError(
        "repeating \(Int(drift[2])) sweeps from the saved state led elsewhere: it was saved with "
          + "other parameters or another linear-algebra kernel")
    }
    tally = proposer.restore(saved)
    (worstDrift, refreshes) = (drift[0], drift[1])
  }

  var logWeight: Double? { running }
  var evaluationsPerSweep: Double? { 1 / Double(interval) }

  var facts: [Fact] {
    [
      Fact("poles", Double(expansion.poles.count), "poles above the axis"),
      Fact(
        "poleErrorBound", expansion.errorBound,
        "bound of the error of tanh((E - mu)/2T) on the band"),
      Fact(
        "updateErrorBound", system.inverseTemperature * abs(system.coupling) * expansion.errorBound,
        "bound of the error of ln W by one single-spin update, beta |J| times the one of tanh"),
      Fact("worstDrift", worstDrift, "largest drift of the running ln W found at a refresh"),
      Fact("refreshes", refreshes, "refreshes from a diagonalisation"),
    ] + proposer.facts(tally)
  }
}
