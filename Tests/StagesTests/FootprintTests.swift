import Pipeline
import Testing
import Theories
import Values

/// Predicted memory and disk against what jobs were measured to take, and how both scale.
@Suite struct FootprintTests {
  private func system(_ extent: Int, _ potential: Double = 0) -> Value {
    .record([
      "kind": .text("double-exchange"), "lattice": .list([.integer(extent), .integer(extent)]),
      "hopping": .number(1), "coupling": .number(1), "chemicalPotential": .number(potential),
      "temperature": .number(0.05),
    ])
  }

  private func exact(
    _ extent: Int, _ method: String, samples: Int = 2, replicas: Int = 1, spins: Bool = false,
    potential: Double = 0, temperatures: [Double] = []
  ) throws -> Footprint {
    let exact: Record = [
      "method": .text(method), "replicas": .integer(replicas), "recordSpins": .boolean(spins),
      "temperatures": .list(temperatures.map(Value.number)),
    ]
    let estimate = try #require(declaration(of: "exact-samples").footprint)
    return try #require(
      estimate(
        JobOutline(
          parameters: ["system": system(extent, potential), "exact": .record(exact)],
          length: samples, inputs: [:])))
  }

  /// `peakMemoryBytes` of such jobs, in megabytes: within a quarter.
  @Test func memoryOfExactChainsAsMeasured() throws {
    let measured: [(predicted: Footprint, took: Double)] = [
      (try exact(8, "naive"), 33.8), (try exact(8, "fast"), 36.5), (try exact(16, "hmc"), 67.8),
      (try exact(12, "fast"), 53.4), (try exact(16, "fast"), 96.5), (try exact(24, "fast"), 351.6),
      (try exact(16, "fast", replicas: 4), 284.5), (try exact(16, "fast", potential: 0.3), 124.8),
      (try exact(8, "replica-exchange", temperatures: [0.06, 0.07, 0.08]), 46.7),
      (try exact(4, "fast", samples: 200_000, spins: true), 396.3),
      (try exact(2, "fast", samples: 300_000), 164.7),
    ]
    for (place, (predicted, took)) in measured.enumerated() {
      #expect(abs(predicted.memory / (took * 1e6) - 1) < 0.25, "row \(place): \(predicted.memory)")
    }
  }

  /// Sizes of `data.h5`, in megabytes: within a quarter.
  @Test func bytesOfExactChainsAsMeasured() throws {
    let measured: [(predicted: Footprint, took: Double)] = [
      (try exact(4, "fast", samples: 200_000, spins: true), 95.8),
      (try exact(2, "fast", samples: 300_000), 35.0), (try exact(4, "fast"), 0.021),
      (try exact(16, "fast"), 0.041), (try exact(24, "fast"), 0.065),
    ]
    for (place, (predicted, took)) in measured.enumerated() {
      let bytes = try #require(predicted.disk)
      #expect(abs(bytes / (took * 1e6) - 1) < 0.25, "row \(place): \(bytes)")
    }
  }

  @Test func whatGrowsWithWhat() throws {
    // The largest lattice of the schema, at which H alone is 17 GB.
    #expect(try exact(128, "fast").memory > 2e11)
    let (short, long) = (try exact(4, "fast", samples: 1000), try exact(4, "fast", samples: 2000))
    #expect(try #require(long.disk) > 1.8 * #require(short.disk))
    let absurd = try exact(4, "fast", samples: .max, replicas: 1024)
    #expect(absurd.memory > 1e24 && absurd.memory.isFinite)
  }

  private func chain(_ extent: Int, proposals: Int, spins: Bool = false) throws -> Footprint {
    let chain: Record = ["replicas": .integer(4), "recordSpins": .boolean(spins)]
    let estimate = try #require(declaration(of: "self-learning-chain").footprint)
    return try #require(
      estimate(
        JobOutline(
          parameters: ["system": system(extent), "chain": .record(chain)], length: proposals,
          inputs: [:])))
  }

  @Test func selfLearningChainsAsMeasured() throws {
    #expect(abs(try chain(16, proposals: 4).memory / 113.2e6 - 1) < 0.25)
    #expect(abs(try chain(12, proposals: 10).memory / 61.2e6 - 1) < 0.25)
    #expect(abs(try chain(4, proposals: 25_000).memory / 100.6e6 - 1) < 0.25)
    #expect(try chain(4, proposals: 9, spins: true).disk ?? 0 > chain(4, proposals: 9).disk ?? 0)
  }

  @Test func trainingsAndAnalysesFollowTheSamples() throws {
    let model: Record = [
      "kind": .text("attention"), "layers": .integer(1), "smearingShells": .integer(5),
      "couplingShells": .integer(3), "heads": .integer(1), "nonlinearity": .text("relu"),
    ]
    let samples = JobOutline.Input(
      parameters: ["exact": .record(["replicas": .integer(4)])], length: 5000)
    func training(_ weight: Double) throws -> Footprint {
      let training: Record = ["method": .text("auto"), "forceWeight": .number(weight)]
      let estimate = try #require(declaration(of: "train-model").footprint)
      return try #require(
        estimate(
          JobOutline(
            parameters: [
              "system": system(6), "model": .record(model), "training": .record(training),
            ], length: nil, inputs: ["samples": samples])))
    }
    #expect(abs(try training(0).memory / 83.9e6 - 1) < 0.25)
    #expect(try training(0.25).memory > training(0).memory + 30e6)
    let analysis = try #require(declaration(of: "analyze-chain").footprint)
    let outline = JobOutline(
      parameters: [:], length: nil,
      inputs: ["chain": .init(parameters: ["exact": .record([:])], length: 100_000)])
    #expect(abs(try #require(analysis(outline)).memory / 58.2e6 - 1) < 0.25)
    #expect(declaration(of: "constant").footprint == nil)
  }
}
