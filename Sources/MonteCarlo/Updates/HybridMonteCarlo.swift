public import Randomness

/// Trajectories of hybrid Monte Carlo (Duane, Kennedy, Pendleton and Roweth 1987) of any field in any
/// space, by any integrator.
///
/// H = p^2 / 2 - ln W with ln W the sum of what the forces belong to. A trajectory is reversible and keeps
/// the volume, so accepting it with min(1, e^-dH) is exact whatever the step.
public final class HybridMonteCarlo {
  /// Where it stands.
  public private(set) var field: Field
  /// ln W there, all forces together.
  public private(set) var logWeight: Double
  private let forces: [any Force]
  private let space: any FieldSpace
  private let moves: [Integrator.Stage]
  /// Of every level, at `field`; empty where it is not known.
  private var gradients: [[Double]]
  private var levels: [Double]
  private var momenta: [Double]

  /// - Parameters:
  ///   - forces: the cheapest first, as many as the integrator has levels.
  ///   - steps: of a trajectory.
  ///   - logWeight: of the start, all forces together, where it is known already.
  public init(
    _ forces: [any Force], in space: any FieldSpace, from field: Field, logWeight: Double? = nil,
    by integrator: Integrator = .leapfrog, steps: Int
  ) {
    self.forces = forces
    self.space = space
    self.field = field
    moves = integrator.repeated(steps)
    gradients = forces.map { _ in [] }
    levels = forces.map { _ in 0 }
    momenta = [Double](
      repeating: 0, count: field.places * space.momenta(components: field.components))
    self.logWeight = 0
    self.logWeight = logWeight ?? known()
  }

  /// Starts again elsewhere.
  public func reset(to field: Field, logWeight: Double? = nil) {
    self.field = field
    for level in gradients.indices { gradients[level] = [] }
    self.logWeight = logWeight ?? known()
  }

  /// What a trajectory did.
  public struct Trajectory: Sendable {
    /// Whether the field moved.
    public let isAccepted: Bool
    /// H after it minus H before.
    public let energyError: Double
  }

  /// - Parameter step: mean time of one step. It is drawn anew every time, within a fifth of the mean, to
  ///   keep trajectories off closed orbits.
  public func trajectory(step: Double, using random: inout RandomStream) -> Trajectory {
    let origin = (field: field, logWeight: logWeight, gradients: gradients, levels: levels)
    space.drawMomenta(&momenta, at: field, using: &random)
    let time = step * (0.8 + 0.4 * random.uniform())
    let before = kinetic
    run(time)
    logWeight = known()
    let change = logWeight - origin.logWeight - kinetic + before
    let isAccepted = accepts(change, using: &random)
    if !isAccepted { (field, logWeight, gradients, levels) = origin }
    return Trajectory(isAccepted: isAccepted, energyError: -change)
  }

  /// The moves alone, with the momenta as they are.
  private func run(_ step: Double) {
    for move in moves {
      switch move {
      case .kick(let part, let level):
        evaluate(level)
        let time = part * step
        for i in momenta.indices { momenta[i] += time * gradients[level][i] }
        space.project(&momenta, at: field)
      case .drift(let part):
        space.move(&field, &momenta, by: part * step)
        for level in gradients.indices { gradients[level].removeAll(keepingCapacity: true) }
      }
    }
  }

  private func evaluate(_ level: Int) {
    guard gradients[level].isEmpty else { return }
    gradients[level] = [Double](repeating: 0, count: momenta.count)
    levels[level] = forces[level].force(field, into: &gradients[level])
  }

  /// ln W with all forces evaluated.
  private func known() -> Double {
    for level in forces.indices { evaluate(level) }
    return levels.reduce(0, +)
  }

  private var kinetic: Double { momenta.reduce(0) { $0 + $1 * $1 } / 2 }
}

extension HybridMonteCarlo {
  /// A trajectory with momenta from outside and without a decision; forwards, or with the momenta turned
  /// round to see whether it comes back.
  package func follow(step: Double, momenta: [Double]) -> (momenta: [Double], energyError: Double) {
    self.momenta = momenta
    let before = kinetic - logWeight
    run(step)
    logWeight = known()
    return (self.momenta, kinetic - logWeight - before)
  }
}
