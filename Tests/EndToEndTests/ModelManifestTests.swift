import Testing
import Values

/// Models as a manifest names them.
@Suite struct ModelManifestTests {
  static let manifest = """
    slmc: 1
    experiment: depth
    seed: 1
    stages:
      exact: {kind: exact-samples}
      model: {kind: train-model, needs: {samples: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 4], temperature: 0.5}
      exact: {samples: 40, replicas: 4, thermalisation: 5}
      model: {kind: linear, shells: 2}
      training: {}
    sweep:
      include:
        - {model: {kind: linear, shells: 2}}
        - {model: {kind: attention, layers: 0, couplingShells: 2}}
    """

  /// A sweep over the depth may begin at the linear model with the same couplings.
  @Test func attentionWithoutLayersIsTheLinearModel() throws {
    let project = try Project()
    try project.write(Self.manifest)
    #expect(try project.run().code == 0)
    let sigmas = try project.plan().keys.filter { $0.hasPrefix("model") }.map {
      try project.metadata($0)["highlights"]?["residualSigma"]?.number
    }
    #expect(sigmas.count == 2)
    #expect(sigmas[0] != nil && sigmas[0] == sigmas[1])
  }
}
