public import Randomness

/// Hybrid Monte Carlo on the exact weight; one sweep is one trajectory. Steps are shortened in
/// thermalisation until four in five are accepted.
public final class HybridUpdater: Updater {
  private let system: any PhysicalSystem
  private let action: any Action
  private let engine: HybridMonteCarlo
  private let steps: Int
  private let evaluations: Double
  private var random: RandomStream
  private var step: Double
  private var accepted = 0.0
  private var trajectories = 0.0
  private var squaredErrors = 0.0

  /// - Parameter step: where tuning starts.
  public init(
    _ system: any PhysicalSystem, steps: Int, integrator: Integrator = .leapfrog,
    step: Double = 0.2, start: Field, random: RandomStream
  ) {
    self.system = system
    self.steps = steps
    self.step = step
    self.random = random
    action = system.makeAction()
    engine = HybridMonteCarlo([action], in: system.space, from: start, by: integrator, steps: steps)
    evaluations = Double(steps * (integrator.stages.count - 1) / 2)
  }

  public var field: Field { engine.field }
  public var logWeight: Double? { engine.logWeight }
  public var evaluationsPerSweep: Double? { evaluations }

  public func sweep() -> Double {
    let trajectory = engine.trajectory(step: step, using: &random)
    trajectories += 1
    squaredErrors += trajectory.energyError * trajectory.energyError
    guard trajectory.isAccepted else { return 0 }
    accepted += 1
    return 1
  }

  public func tune() {
    step = tuned(step, acceptance: accepted / max(1, trajectories), target: 0.8, largest: 1)
    freeze()
  }

  public func freeze() { (accepted, trajectories, squaredErrors) = (0, 0, 0) }

  public func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".field"] = field.values
    state.reals[name + ".numbers"] = [
      engine.logWeight, step, accepted, trajectories, squaredErrors,
    ]
    state.store(random, as: name + ".stream")
  }

  public func restore(from state: ChainState, as name: String) throws(FieldError) {
    let restored = try system.shape.field(
      state.numbers(name + ".field", count: system.shape.count))
    try system.validate(restored)
    let numbers = try state.numbers(name + ".numbers", count: 5)
    random = try state.stream(name + ".stream")
    engine.reset(to: restored, logWeight: numbers[0])
    step = numbers[1]
    (accepted, trajectories, squaredErrors) = (numbers[2], numbers[3], numbers[4])
  }

  public var facts: [Fact] {
    [
      Fact("leapfrogStep", step, "mean time of a step, tuned in thermalisation"),
      Fact("leapfrogSteps", Double(steps), "steps of a trajectory"),
      Fact(
        "energyError", (squaredErrors / max(1, trajectories)).squareRoot(),
        "root mean square of the change of H along a trajectory"),
      Fact(
        "acceptanceTrajectory", accepted / max(1, trajectories),
        "accepted share of the trajectories after thermalisation"),
    ]
  }
}
