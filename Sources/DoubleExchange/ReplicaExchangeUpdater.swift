internal import Lattice
internal import MonteCarlo
internal import Randomness

/// Fast chains at ascending temperatures that exchange configurations; the first one, at the
/// system's own temperature, is the chain that is measured.
///
/// Exchanging S_a and S_b between neighbouring temperatures is accepted with
/// min(1, W_a(S_b) W_b(S_a) / (W_a(S_a) W_b(S_b))). The levels do not depend on the temperature,
/// so one diagonalisation per replica gives all four weights.
final class ReplicaExchangeUpdater: Updater {
  private let replicas: [FastUpdater]
  private let temperatures: [Double]
  private let chemicalPotential: Double
  private let weight: DoubleExchangeWeight
  private let interval: Int
  private var random: RandomStream
  private var levels: [[Double]]
  private var age = 0
  private var rounds = 0
  private var attempts: [Double]
  private var exchanges: [Double]

  init(
    _ system: DoubleExchangeSystem, _ settings: ExactChainSettings, start: Field,
    random: RandomStream
  ) throws(ParameterError) {
    try settings.requireAscending(from: system)
    temperatures = settings.ladder(of: system)
    var replicas: [FastUpdater] = []
    for (index, temperature) in temperatures.enumerated() {
      replicas.append(
        try FastUpdater(
          try system.at(temperature: temperature), settings, start: start,
          random: random.substream(UInt64(index))))
    }
    self.replicas = replicas
    self.random = random
    chemicalPotential = system.chemicalPotential
    weight = DoubleExchangeWeight(system, route: .levels)
    interval = settings.exchangeInterval
    levels = temperatures.map { _ in [Double](repeating: 0, count: system.states) }
    attempts = [Double](repeating: 0, count: temperatures.count - 1)
    exchanges = attempts
  }

  var field: Field { replicas[0].field }
  var logWeight: Double? { replicas[0].logWeight }

  func sweep() -> Double {
    var acceptance = 0.0
    for (index, replica) in replicas.enumerated() {
      let share = replica.sweep()
      if index == 0 { acceptance = share }
    }
    age += 1
    if age >= interval { exchange() }
    return acceptance
  }

  /// Tries all pairs that start at an even place, then at an odd one, in turn.
  private func exchange() {
    for (index, replica) in replicas.enumerated() {
      weight.levels(of: replica.field, into: &levels[index])
    }
    for lower in stride(from: rounds % 2, to: replicas.count - 1, by: 2) {
      let (a, b) = (lower, lower + 1)
      let gain = logWeight(a, levels[b]) + logWeight(b, levels[a])
      let loss = logWeight(a, levels[a]) + logWeight(b, levels[b])
      attempts[lower] += 1
      if accepts(gain - loss, using: &random) {
        replicas[a].exchange(with: replicas[b])
        exchanges[lower] += 1
      }
    }
    rounds += 1
    age = 0
  }

  private func logWeight(_ index: Int, _ levels: [Double]) -> Double {
    DoubleExchange.logWeight(
      levels: levels, chemicalPotential: chemicalPotential, temperature: temperatures[index])
  }

  func tune() { for replica in replicas { replica.tune() } }

  func freeze() {
    for replica in replicas { replica.freeze() }
    attempts = attempts.map { _ in 0 }
    exchanges = attempts
  }

  func save(into state: inout ChainState, as name: String) {
    for (index, replica) in replicas.enumerated() {
      replica.save(into: &state, as: "\(name).\(index)")
    }
    state.reals[name + ".exchanges"] = attempts + exchanges + [Double(age), Double(rounds)]
    state.store(random, as: name + ".stream")
  }

  func restore(from state: ChainState, as name: String) throws(FieldError) {
    let pairs = attempts.count
    let numbers = try state.numbers(name + ".exchanges", count: 2 * pairs + 2)
    random = try state.stream(name + ".stream")
    for (index, replica) in replicas.enumerated() {
      try replica.restore(from: state, as: "\(name).\(index)")
    }
    attempts = Array(numbers[..<pairs])
    exchanges = Array(numbers[pairs..<(2 * pairs)])
    age = Int(numbers[2 * pairs])
    rounds = Int(numbers[2 * pairs + 1])
  }

  /// Refreshes, the levels of every replica at an exchange, and two more for each that is made.
  var evaluationsPerSweep: Double? {
    let replicas = Double(self.replicas.count)
    let made = rounds > 0 ? 2 * exchanges.reduce(0, +) / Double(rounds) : 0
    return replicas * (self.replicas.first?.evaluationsPerSweep ?? 0)
      + (replicas + made) / Double(interval)
  }

  var facts: [Fact] {
    replicas[0].facts
      + attempts.indices.map { index in
        Fact(
          "exchangeAcceptance\(index + 1)", exchanges[index] / max(1, attempts[index]),
          "accepted share of the exchanges between T = \(temperatures[index]) and "
            + "T = \(temperatures[index + 1])")
      }
  }
}
