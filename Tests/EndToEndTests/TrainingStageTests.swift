import FileSystem
import Foundation
import HDF5
import Testing
import Values

/// What training refuses by name, rounds of self-learning, and models of other lattices.
@Suite struct TrainingStageTests {
  static func manifest(
    _ stages: String, model: String = "{kind: linear, shells: 1}", exact: String = "samples: 40",
    lattice: String = "[4, 4]", more: String = ""
  ) -> String {
    """
    slmc: 1
    experiment: training
    seed: 3
    stages:
      exact: {kind: exact-samples, reads: [system, exact]}
    \(stages)
    parameters:
      system: {kind: double-exchange, lattice: \(lattice), temperature: 0.5}
      exact: {\(exact), replicas: 2, thermalisation: 2, stride: 1}
      model: \(model)
    \(more)
    """
  }

  static let train = "  model: {kind: train-model, needs: {samples: exact}}"
  static let large = """
      large: {kind: double-exchange, lattice: [6, 6], temperature: 0.5}
    """

  @Test(arguments: [
    ("{kind: linear}", "samples: 3", "3 training samples"),
    ("{kind: invariant-network, smearingShells: 1}", "samples: 20", "parameters; at least"),
    ("{kind: linear, shells: 9}", "samples: 40", "has 5 shells"),
  ])
  func refusesByName(_ model: String, _ exact: String, _ words: String) throws {
    let project = try Project()
    try project.write(Self.manifest(Self.train, model: model, exact: exact))
    let outcome = try project.run()
    #expect(outcome.code != 0)
    #expect((outcome.output + outcome.errors).contains(words), "\(outcome.output)")
  }

  /// Summed over the sites, the products of smeared spins depend on each other.
  @Test func singularFitIsNamed() throws {
    let project = try Project()
    try project.write(
      Self.manifest(
        Self.train, model: "{kind: invariant-network, smearingShells: 3}", exact: "samples: 100",
        more: "  training: {method: least-squares}"))
    let outcome = try project.run()
    #expect(outcome.code == 1)
    let text = outcome.output + outcome.errors
    #expect(text.contains("linear parameters; use fewer shells or more samples"), "\(text)")
  }

  @Test func samplesOfAnotherSystemAreNamed() throws {
    let project = try Project()
    let stages = "  model: {kind: train-model, needs: {samples: exact}, reads: {system: large}}"
    try project.write(Self.manifest(stages, more: Self.large))
    let outcome = try project.run()
    #expect(outcome.code == 1)
    let text = outcome.output + outcome.errors
    #expect(text.contains("samples are of another system"), "\(text)")
    #expect(text.contains("`lattice` is [4,4] there and [6,6] here"), "\(text)")
  }

  static let rounds = """
      model: {kind: train-model, needs: {samples: exact}}
      chain1: {kind: self-learning-chain, needs: {model: model}}
      model1: {kind: train-model, needs: {samples: exact, more: chain1, start: model}}
      chain2: {kind: self-learning-chain, needs: {model: model1}}
      analysis: {kind: analyze-chain, needs: {chain: chain2}}
    """

  @Test func roundsTrainOnWhatTheySampled() throws {
    let project = try Project()
    try project.write(
      Self.manifest(
        Self.rounds, model: "{kind: fermion-window, vertexShells: 0, couplingShells: 1}",
        more: """
            training: {iterations: 2, forceWeight: 0.25}
            chain: {proposals: 20, replicas: 2, innerSweeps: 1, thermalisation: 2, recordSpins: true}
          """))
    let outcome = try project.run()
    #expect(outcome.code == 0 || outcome.code == 5, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.made == ["analysis", "chain1", "chain2", "exact", "model", "model1"])
    #expect(try project.run().made == [])
  }

  @Test func aModelGoesToAnotherLatticeAndSaysSo() throws {
    let project = try Project()
    let stages = """
        model: {kind: train-model, needs: {samples: exact}}
        largeExact: {kind: exact-samples, reads: {system: large, exact: exact}}
        continued:
          {kind: train-model, needs: {samples: largeExact, start: model}, reads: {system: large}}
        chain:
          kind: self-learning-chain
          needs: {model: continued, screen: model}
          reads: {system: large, chain: chain}
      """
    try project.write(
      Self.manifest(
        stages, model: "{kind: linear, shells: 2}",
        more: Self.large + "\n  chain: {proposals: 4, replicas: 1, innerSweeps: 1}"))
    let outcome = try project.run()
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    func file(_ stage: String) throws -> HDF5File {
      let key = try #require(try project.plan()[stage]?.key)
      return try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    }
    let model = try file("continued")
    #expect(try model.integersAttribute("lattice", of: "/model") == [4, 4])
    #expect(try model.integersAttribute("continuedOn", of: "/model") == [6, 6])
    let chain = try file("chain")
    #expect(try chain.integersAttribute("modelLattice", of: "/chain") == [4, 4])
    #expect(try chain.integersAttribute("screenLattice", of: "/chain") == [4, 4])
  }

  /// The axis that shows how much depends on the training: other numbers from equal samples.
  @Test func anotherReplicaIsAnotherTrainingOnTheSameSamples() throws {
    let project = try Project()
    func manifest(_ training: String) -> String {
      Self.manifest(
        Self.train, model: "{kind: attention, layers: 1, smearingShells: 1, couplingShells: 1}",
        more: "  training: {\(training)}")
    }
    try project.write(manifest("iterations: 3"))
    let plain = try #require(try project.plan()["model"]?.key)
    try project.write(
      manifest("iterations: 3") + "\nsweep: {product: {training.replica: [0, 1, 2]}}")
    let outcome = try project.run()
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.made.filter { $0.hasPrefix("exact") }.count == 1)
    let plan = try project.plan()
    #expect(plan["model[training.replica=0]"]?.key == plain, "the default is no part of a key")
    let numbers = try (0...2).map { replica in
      let key = try #require(plan["model[training.replica=\(replica)]"]?.key)
      return try HDF5File(opening: (project.artifact(key) / "data.h5").description)
        .doubles(at: "/model/parameters")
    }
    #expect(Set(numbers).count == 3)
  }

  @Test func anotherArchitectureIsNoStart() throws {
    let project = try Project()
    let stages = """
        first: {kind: train-model, needs: {samples: exact}, reads: {model: other}}
        model: {kind: train-model, needs: {samples: exact, start: first}}
      """
    try project.write(Self.manifest(stages, more: "  other: {kind: linear, shells: 2}"))
    let outcome = try project.run()
    #expect(outcome.code == 1)
    #expect(
      (outcome.output + outcome.errors).contains("`shells` is 2, the manifest's is 1"),
      "\(outcome.output)")
  }
}
