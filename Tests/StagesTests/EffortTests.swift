import Pipeline
import Testing
import Theories
import Values

/// Predictions scale with what a person changes in a manifest.
@Suite struct EffortTests {
  private func system(_ extent: Int) -> Value {
    .record([
      "kind": .text("double-exchange"), "lattice": .list([.integer(extent), .integer(extent)]),
      "hopping": .number(1.0), "coupling": .number(1.0), "chemicalPotential": .number(0.0),
      "temperature": .number(0.1),
    ])
  }

  private func exact(_ extent: Int, method: String, samples: Int) -> Effort? {
    let exact: Record = [
      "method": .text(method), "replicas": .integer(4), "thermalisation": .integer(0),
      "stride": .integer(2),
      "trajectorySteps": .integer(8),
    ]
    return declaration(of: "exact-samples").effort?(
      JobOutline(
        parameters: ["system": system(extent), "exact": .record(exact)], length: samples,
        inputs: [:]))
  }

  @Test func exactChains() throws {
    let small = try #require(exact(4, method: "fast", samples: 100))
    let long = try #require(exact(4, method: "fast", samples: 300))
    let wide = try #require(exact(8, method: "fast", samples: 100))
    let naive = try #require(exact(4, method: "naive", samples: 100))
    #expect(long.amount == 3 * small.amount)
    #expect(wide.amount == 16 * small.amount)
    #expect(Set([small, long, wide].map(\.manner)).count == 1)
    #expect(naive.manner != small.manner)
  }

  private func training(layers: Int, iterations: Int, samples: Int) -> Effort? {
    let model: Record = [
      "kind": .text("attention"), "layers": .integer(layers), "smearingShells": .integer(3),
      "couplingShells": .integer(3),
      "heads": .integer(1), "nonlinearity": .text("relu"),
    ]
    let training: Record = [
      "method": .text("auto"), "iterations": .integer(iterations), "starts": .integer(1),
    ]
    return declaration(of: "train-model").effort?(
      JobOutline(
        parameters: [
          "system": system(4), "model": .record(model), "training": .record(training),
        ], length: nil,
        inputs: [
          "samples": .init(
            parameters: ["exact": .record(["replicas": .integer(8)])], length: samples)
        ]))
  }

  @Test func trainings() throws {
    let base = try #require(training(layers: 1, iterations: 20, samples: 100))
    let more = try #require(training(layers: 1, iterations: 20, samples: 200))
    let longer = try #require(training(layers: 1, iterations: 40, samples: 100))
    let deep = try #require(training(layers: 4, iterations: 20, samples: 100))
    #expect(more.amount == 2 * base.amount && longer.amount == 2 * base.amount)
    #expect(deep.amount > 8 * base.amount, "deeper layers and all the depths on the way")
    let linear: Record = ["kind": .text("linear"), "shells": .integer(2)]
    let least = try #require(
      declaration(of: "train-model").effort?(
        JobOutline(
          parameters: [
            "system": system(4), "model": .record(linear),
            "training": .record(["method": .text("auto")]),
          ], length: nil, inputs: [:])))
    #expect(least.manner != base.manner && least.amount == 0)
  }

  @Test func selfLearningChains() throws {
    func chain(_ sweeps: Int, lengths: [Int], screened: Bool) -> Effort? {
      let model = JobOutline.Input(
        parameters: ["model": .record(["kind": .text("linear"), "shells": .integer(2)])],
        length: nil)
      let chain: Record = [
        "innerSweeps": .integer(sweeps), "screenLengths": .list(lengths.map(Value.integer)),
        "replicas": .integer(2), "thermalisation": .integer(10), "stride": .integer(1),
      ]
      return declaration(of: "self-learning-chain").effort?(
        JobOutline(
          parameters: ["system": system(4), "chain": .record(chain)], length: 90,
          inputs: screened ? ["model": model, "screen": model] : ["model": model]))
    }
    let base = try #require(chain(4, lengths: [], screened: false))
    let long = try #require(chain(8, lengths: [], screened: false))
    let screened = try #require(chain(4, lengths: [12], screened: true))
    #expect(base.amount < long.amount && long.amount < screened.amount)
    #expect(base.manner == long.manner && base.manner != screened.manner)
    // A chain that is there to 45 of 90 leaves half.
    #expect(base.part(from: 45, to: 90, of: 90).amount == base.amount / 2)
  }

  @Test func whatTakesNoCountedWork() {
    #expect(declaration(of: "constant").effort == nil)
    #expect(exact(4, method: "fast", samples: 1)?.amount ?? 0 > 0)
    #expect(
      declaration(of: "exact-samples").effort?(JobOutline(parameters: [:], length: 1, inputs: [:]))
        == nil)
  }
}
