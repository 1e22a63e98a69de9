internal import MonteCarlo
internal import Randomness

/// Hybrid Monte Carlo in an effective model; a step of `walk` is one trajectory.
final class HamiltonianWalker: Walker {
  private let energy: any EffectiveEnergy
  private let temperature: Double
  private let engine: HybridMonteCarlo
  private var width: Double
  var length = 1

  init(
    _ energy: any EffectiveEnergy, from field: Field, temperature: Double, leapfrogSteps: Int,
    space: any FieldSpace
  ) {
    self.energy = energy
    self.temperature = temperature
    engine = HybridMonteCarlo(
      [EffectiveForce(energy, temperature: temperature)], in: space, from: field,
      logWeight: -energy.energy(field) / temperature, steps: leapfrogSteps)
    width = 1 / Double(leapfrogSteps)
  }

  var field: Field { engine.field }
  var logWeight: Double { engine.logWeight }

  var step: Double? {
    get { width }
    set { width = min(max(newValue ?? width, 1e-6), 10) }
  }

  func reset(to field: Field) {
    engine.reset(to: field, logWeight: -energy.energy(field) / temperature)
  }

  func walk(using random: inout RandomStream) -> Walk {
    let before = logWeight
    var accepted = 0
    for _ in 0..<length where engine.trajectory(step: width, using: &random).isAccepted {
      accepted += 1
    }
    return Walk(
      acceptance: Double(accepted) / Double(length), logCorrection: -(logWeight - before))
  }
}

/// ln W_eff = -H_eff / T of an effective model.
private final class EffectiveForce: Force {
  private let energy: any EffectiveEnergy
  private let temperature: Double

  init(_ energy: any EffectiveEnergy, temperature: Double) {
    self.energy = energy
    self.temperature = temperature
  }

  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    return -energy.fieldGradient(field, scale: -1 / temperature, into: &gradient) / temperature
  }
}
