import FileSystem
import Foundation
import HDF5
import Statistics
import Testing

/// Delayed acceptance in manifests: models of any number, cheapest first.
@Suite struct CascadeTests {
  private func manifest(_ needs: String, chain: String = "") -> String {
    """
    slmc: 1
    experiment: cascade
    seed: 11
    stages:
      exact: {kind: exact-samples}
      rough: {kind: train-model, needs: {samples: exact}, reads: {model: rough}}
      middle: {kind: train-model, needs: {samples: exact}, reads: {model: middle}}
      model: {kind: train-model, needs: {samples: exact}}
      chain: {kind: self-learning-chain, needs: {\(needs)}}
    parameters:
      system: {kind: double-exchange, lattice: [4, 2], temperature: 0.1}
      exact: {samples: 100, replicas: 4, thermalisation: 20}
      rough: {kind: linear, shells: 1}
      middle: {kind: linear, shells: 2}
      model: {kind: linear, shells: all}
      chain: {proposals: 1500, replicas: 4, innerSweeps: 2, thermalisation: 20\(chain)}
    """
  }

  private func chain(
    _ needs: String, chain: String = ""
  ) throws -> (key: String, order: AutocorrelationAnalysis, evaluations: Double) {
    let project = try Project()
    try project.write(manifest(needs, chain: chain))
    let outcome = try project.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let key = try #require(try project.plan()["chain"]?.key)
    let file = try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    func replicas(_ name: String) throws -> [[Double]] {
      let values = try file.doubles(at: "/chain/\(name)")
      return (0..<4).map { Array(values[($0 * 1500)..<(($0 + 1) * 1500)]) }
    }
    let evaluations = try file.doubles(at: "/chain/exactEvaluations")
    return (
      key, try AutocorrelationAnalysis(replicas: replicas("staggeredMagnetisation")),
      evaluations.reduce(0, +) / Double(evaluations.count)
    )
  }

  /// Three levels give the averages of the plain test, with fewer exact weights; order is identity.
  @Test func anyNumberOfModels() throws {
    let plain = try chain("model: model")
    let three = try chain("model: model, screen: [rough, middle]", chain: ", screenLengths: [3]")
    // Four sigma: one false alarm in 16,000.
    let error = (plain.order.error * plain.order.error + three.order.error * three.order.error)
      .squareRoot()
    #expect(abs(plain.order.mean - three.order.mean) < 4 * error)
    #expect(plain.evaluations == 1 && three.evaluations < 0.999)
  }

  @Test func orderCountsAndAListOfOneIsItself() throws {
    let project = try Project()
    func key(_ needs: String) throws -> String {
      try project.write(manifest(needs))
      return try #require(try project.plan()["chain"]?.key)
    }
    let one = try key("model: model, screen: rough")
    #expect(try key("model: model, screen: [rough]") == one)
    let two = try key("model: model, screen: [rough, middle]")
    #expect(try key("model: model, screen: [middle, rough]") != two)
    #expect(two != one)
  }

  @Test(arguments: [
    ("model: [rough, model]", "input `model` takes one stage, not a list"),
    ("model: model, screen: []", "takes the name of a stage, or a list of names"),
    ("model: model, screen: [rough, exact]", "input `screen` takes train-model"),
    ("model: model, screen: [rough, mid]", "there is no stage `mid`"),
    ("model: model, sceen: rough", "has no input `sceen`"),
    ("screen: [rough, middle]", "needs `model`"),
  ])
  func mistakesHaveAWord(needs: String, message: String) throws {
    let project = try Project()
    try project.write(manifest(needs))
    let outcome = try project.slmc("plan", "e.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func lengthsWithoutModelsAreRefused() throws {
    let project = try Project()
    try project.write(manifest("model: model, screen: rough", chain: ", screenLengths: [2, 2]"))
    let outcome = try project.slmc("run", "e.yaml")
    #expect(outcome.code == 1)
    #expect((outcome.output + outcome.errors).contains("screen lengths [2, 2] do not fit 2 models"))
  }
}
