import Testing

/// Everything that needs a real Slurm, one after the other: the tests share its queue and its nodes,
/// and break them.
@Suite(.enabled(if: PrivateSlurm.isInstalled), .serialized, .timeLimit(.minutes(10)))
struct RealSlurm {
  static let fourStages = """
    seed: 5
    stages:
      note: {kind: constant, reads: [p]}
      copy: {kind: command, needs: {in: note}, with: {run: [cp, parameters.json, out], outputs: [out]}, reads: [p]}
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      p: {x: 1}
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.5}
      exact: {samples: 30, replicas: 2, thermalisation: 5}
    sweep:
      zip:
        p.x: {range: {from: 1, to: 50}}
        system.temperature: {linspace: {from: 0.1, to: 1, count: 50}}
    """

  /// Points that each wait.
  static func sleepers(_ count: Int, seconds: Double) -> String {
    """
    stages:
      nap: {kind: command, with: {run: [sh, -c, "sleep \(seconds); cp parameters.json out"], outputs: [out]}, reads: [p]}
    parameters: {p: {x: 1}}
    sweep: {product: {p.x: {range: {from: 1, to: \(count)}}}}
    """
  }

  /// One chain of several seconds that keeps checkpoints.
  static let longChain = """
    seed: 7
    stages:
      exact: {kind: exact-samples, reads: [system, exact]}
    parameters:
      system: {kind: double-exchange, lattice: [8, 8], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.1}
      exact: {samples: 250, replicas: 2, thermalisation: 5}
    """

  /// What `longChain` comes to on one machine, made once for all that compare with it.
  static let chainAlone = Result {
    try Site(longChain, slurm: "workers: 1", isReal: false).reference()
  }
}
