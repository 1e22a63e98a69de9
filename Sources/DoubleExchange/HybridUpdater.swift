internal import Lattice
internal import MonteCarlo
internal import Randomness

/// Hybrid Monte Carlo on the product of spheres with exact forces; one sweep is one trajectory.
///
/// H = sum_i p_i^2 / 2 - ln W(S), p_i tangent to the sphere at S_i. A leapfrog step kicks with the
/// projected force and drifts along great circles, where S and p/|p| turn by the angle |p| e; it
/// is reversible and keeps the volume, so accepting with min(1, e^-dH) is exact (Byrne and
/// Girolami, Scand. J. Stat. 40 (2013) 825). Steps are shortened until four in five are accepted.
final class HybridUpdater: SpinUpdater {
  private(set) var field: Field
  private(set) var logWeight = 0.0
  private let system: DoubleExchangeSystem
  private let weight: DoubleExchangeWeight
  private let steps: Int
  private var random: RandomStream
  private var step: Double
  private var gradient: [Double]
  private var trial: Field
  private var trialGradient: [Double]
  private var momentum: [SIMD3<Double>]
  private var accepted = 0.0
  private var trajectories = 0.0
  private var squaredErrors = 0.0

  init(_ system: DoubleExchangeSystem, steps: Int, start: Field, random: RandomStream) {
    self.system = system
    self.steps = steps
    self.random = random
    field = start
    trial = start
    weight = DoubleExchangeWeight(system, route: .levels)
    gradient = [Double](repeating: 0, count: start.values.count)
    trialGradient = gradient
    momentum = [SIMD3<Double>](repeating: SIMD3(repeating: 0), count: start.sites)
    step = 0.2
    logWeight = weight.force(start, into: &gradient)
  }

  func sweep() -> Double {
    drawMomenta()
    let before = kineticEnergy - logWeight
    for at in field.values.indices {
      trial.values[at] = field.values[at]
      trialGradient[at] = gradient[at]
    }
    var proposed = logWeight
    for _ in 0..<steps {
      kick(step / 2)
      drift(step)
      proposed = weight.force(trial, into: &trialGradient)
      kick(step / 2)
    }
    let error = kineticEnergy - proposed - before
    let isAccepted = naturalLogarithm(random.uniformOpen()) < -error
    if isAccepted {
      swap(&field, &trial)
      swap(&gradient, &trialGradient)
      logWeight = proposed
      accepted += 1
    }
    trajectories += 1
    squaredErrors += error * error
    return isAccepted ? 1 : 0
  }

  private var kineticEnergy: Double {
    var sum = 0.0
    for p in momentum { sum += (p * p).sum() }
    return sum / 2
  }

  private func drawMomenta() {
    for site in momentum.indices {
      let (x, y) = random.normalPair()
      let z = random.normalPair().0
      momentum[site] = tangential(SIMD3(x, y, z), at: field.spin(at: site))
    }
  }

  private func kick(_ time: Double) {
    for site in momentum.indices {
      let force = SIMD3(
        trialGradient[3 * site], trialGradient[3 * site + 1], trialGradient[3 * site + 2])
      momentum[site] += time * tangential(force, at: trial.spin(at: site))
    }
  }

  private func drift(_ time: Double) {
    for site in momentum.indices {
      let (s, p) = (trial.spin(at: site), momentum[site])
      let speed = (p * p).sum().squareRoot()
      guard speed > 1e-300 else { continue }
      let (c, d) = (cosine(speed * time), sine(speed * time))
      let turned = normalised(c * s + (d / speed) * p)
      trial.setSpin(turned, at: site)
      momentum[site] = tangential(c * p - (d * speed) * s, at: turned)
    }
  }

  private func tangential(_ v: SIMD3<Double>, at spin: SIMD3<Double>) -> SIMD3<Double> {
    v - (v * spin).sum() * spin
  }

  func tune() {
    step = tuned(step, acceptance: accepted / max(1, trajectories), target: 0.8, largest: 1)
    (accepted, trajectories, squaredErrors) = (0, 0, 0)
  }

  func freeze() { (accepted, trajectories, squaredErrors) = (0, 0, 0) }

  func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".field"] = field.values
    state.reals[name + ".gradient"] = gradient
    state.reals[name + ".numbers"] = [logWeight, step, accepted, trajectories, squaredErrors]
    state.store(random, as: name + ".stream")
  }

  func restore(from state: ChainState, as name: String) throws(FieldError) {
    let count = field.values.count
    let values = try state.numbers(name + ".field", count: count)
    let restored = Field(sites: field.sites, components: 3, values: values)
    try system.validate(restored)
    gradient = try state.numbers(name + ".gradient", count: count)
    let numbers = try state.numbers(name + ".numbers", count: 5)
    random = try state.stream(name + ".stream")
    field = restored
    (logWeight, step) = (numbers[0], numbers[1])
    (accepted, trajectories, squaredErrors) = (numbers[2], numbers[3], numbers[4])
  }

  var evaluationsPerSweep: Double { Double(steps) }

  var facts: [Fact] {
    [
      Fact("leapfrogStep", step, "time step of the leapfrog, tuned in thermalisation"),
      Fact("leapfrogSteps", Double(steps), "leapfrog steps of a trajectory"),
      Fact(
        "energyError", (squaredErrors / max(1, trajectories)).squareRoot(),
        "root mean square of the change of H along a trajectory"),
      Fact(
        "acceptanceTrajectory", accepted / max(1, trajectories),
        "accepted share of the trajectories after thermalisation"),
    ]
  }
}
