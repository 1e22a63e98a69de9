import Foundation
import LinearAlgebra
import Statistics
import Testing

/// The two-dimensional Ising model at two temperatures, reweighted to six: numbers of an independent
/// program on the same samples.
@Suite struct ReweightingReferenceTests {
  struct Reference: Decodable {
    struct Target: Decodable {
      let temperature: Double
      let energy: [Double]
      let specificHeat: [Double]
      let effectiveSamples: Double
    }
    let temperatures: [Double]
    let logNorm: Double
    let targets: [Target]
    let k: [[Int]]
  }

  static let reference: Result<Reference, any Error> = Result {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/reweighting.json")
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
  }

  @Test func isingBetweenTwoTemperatures() throws {
    let reference = try Self.reference.get()
    let energies = reference.k.map { run in run.map { Double(2 * $0 - 128) } }
    func logWeights(_ temperature: Double) -> [[Double]] {
      energies.map { run in run.map { -$0 / temperature } }
    }
    let at = reference.temperatures.map(logWeights)
    let combined = try MultiHistogram(
      energies.indices.map { run in WeightedEnsemble(logWeights: at.map { $0[run] }) })
    #expect(abs(combined.logNorms[1] - reference.logNorm) < 1e-8)
    let targets = reference.targets
    let squares = energies.map { run in run.map { $0 * $0 } }
    let curves = try combined.curves(
      of: [energies, squares], at: targets.count, { logWeights(targets[$0].temperature) }
    ) { [$1[0] / 64, ($1[1] - $1[0] * $1[0]) / 64] }
    let (energy, fluctuation) = (curves[0], curves[1])
    for (place, target) in targets.enumerated() {
      let square = target.temperature * target.temperature
      for (found, due) in [
        (energy.values[place], target.energy[0]), (energy.errors[place], target.energy[1]),
        (fluctuation.values[place] / square, target.specificHeat[0]),
        (fluctuation.errors[place] / square, target.specificHeat[1]),
        (energy.effectiveSamples[place], target.effectiveSamples),
      ] {
        #expect(abs(found / due - 1) < 1e-6, "\(target.temperature): \(found), \(due)")
      }
    }
  }

  /// Rows of the overlap add up to 1; these temperatures share a part of their samples.
  @Test func overlapOfNeighbours() throws {
    let energies = try Self.reference.get().k.map { run in run.map { Double(2 * $0 - 128) } }
    let combined = try MultiHistogram(
      energies.map { run in
        WeightedEnsemble(logWeights: [1 / 2.1, 1 / 2.6].map { b in run.map { -b * $0 } })
      })
    for k in 0..<2 { #expect(abs(combined.overlap[k, 0] + combined.overlap[k, 1] - 1) < 1e-9) }
    #expect((0.05...0.45).contains(combined.overlap[0, 1]))
  }

  /// Equal runs share every sample alike; a longer autocorrelation time counts for fewer samples.
  @Test func autocorrelationCounts() throws {
    let flat = [[0.0, 0], [0, 0]].map { pair in pair.map { [Double](repeating: $0, count: 100) } }
    let combined = try MultiHistogram([
      WeightedEnsemble(logWeights: flat[0]), WeightedEnsemble(logWeights: flat[1], tau: 5),
    ])
    let values = [[Double](repeating: 1, count: 100), [Double](repeating: 2, count: 100)]
    let mean = try combined.estimate(values, logWeights: values.map { $0.map { _ in 0 } })
    // Weights 1 and 1/10; 100 + 10 independent samples.
    #expect(abs(mean.mean - (100 + 0.1 * 200) / 110) < 1e-12)
    #expect(abs(mean.effectiveSamples - 110) < 1e-9)
  }
}
