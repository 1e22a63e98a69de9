/// A way to follow Hamilton's equations in small steps, as a value: kicks change momenta by a force,
/// drifts move the field. All of them are symmetric, so the steps can be undone, and keep the volume.
public struct Integrator: Sendable, Equatable {
  /// One move of a step, in parts of the step.
  public enum Stage: Sendable, Equatable {
    /// By the force of that level: 0 is the cheapest where there are several.
    case kick(Double, level: Int)
    case drift(Double)
  }

  /// As manifests call it.
  public let name: String
  /// In their order.
  public let stages: [Stage]

  /// K/2 D K/2.
  public static let leapfrog = Integrator(
    name: "leapfrog", stages: [.kick(0.5, level: 0), .drift(1), .kick(0.5, level: 0)])

  /// K xi, D 1/2, K 1 - 2 xi, D 1/2, K xi: the smallest error at two forces a step (Omelyan, Mryglod and
  /// Folk, Comput. Phys. Commun. 151 (2003) 272).
  public static let omelyan: Integrator = {
    let xi = 0.1931833275037836
    return Integrator(
      name: "omelyan",
      stages: [
        .kick(xi, level: 0), .drift(0.5), .kick(1 - 2 * xi, level: 0), .drift(0.5),
        .kick(xi, level: 0),
      ])
  }()

  /// Every integrator by the name that a manifest calls it.
  public static let all = [leapfrog, omelyan]

  /// This one for the dear force, with every drift made of `steps` steps of `inner` for the cheaper ones
  /// (Sexton and Weingarten 1992).
  public func over(_ inner: Integrator, steps: Int) -> Integrator {
    let top = 1 + (inner.stages.map(\.level).max() ?? 0)
    let stages = self.stages.flatMap { stage -> [Stage] in
      guard case .drift(let part) = stage else { return [stage.raised(to: top)] }
      return inner.repeated(steps).map { $0.scaled(by: part / Double(steps)) }
    }
    return Integrator(name: "\(name) over \(steps) \(inner.name)", stages: stages)
  }

  /// So many steps, with the kicks that meet between them made one.
  func repeated(_ steps: Int) -> [Stage] {
    var moves: [Stage] = []
    for stage in (0..<steps).flatMap({ _ in stages }) {
      if case .kick(let more, let level) = stage, case .kick(let part, level) = moves.last {
        moves[moves.count - 1] = .kick(part + more, level: level)
      } else {
        moves.append(stage)
      }
    }
    return moves
  }
}

extension Integrator.Stage {
  fileprivate var level: Int { if case .kick(_, let level) = self { level } else { 0 } }

  fileprivate func raised(to level: Int) -> Self {
    if case .kick(let part, let own) = self { .kick(part, level: own + level) } else { self }
  }

  fileprivate func scaled(by factor: Double) -> Self {
    switch self {
    case .kick(let part, let level): .kick(part * factor, level: level)
    case .drift(let part): .drift(part * factor)
    }
  }
}
