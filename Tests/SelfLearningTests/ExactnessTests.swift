import Glibc
import MonteCarlo
import Randomness
import SelfLearning
import Statistics
import Testing

/// The chain samples the exact weight, whatever proposes: chi^2 of histograms against quadrature.
@Suite struct ExactnessTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let models: [ToyModel]
    var inner = InnerAlgorithm.local(overrelaxation: 0)
    var length = InnerLength.fixed(12)
    var screens: [Int] = []
    /// Every so many proposals count, so that samples are independent.
    var thinning = 6
    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "good model", models: [ToyModel(linear: 1.6, quadratic: -0.9)]),
    Row(name: "linear model", models: [ToyModel(linear: 1.0)], thinning: 10),
    Row(name: "bad model", models: [ToyModel(linear: -1.0)], thinning: 60),
    Row(name: "no model", models: [ToyModel(linear: 0)], thinning: 20),
    Row(
      name: "over-relaxation", models: [ToyModel(linear: 1.0)],
      inner: .local(overrelaxation: 2), thinning: 12),
    Row(
      name: "hybrid Monte Carlo", models: [ToyModel(linear: 1.6, quadratic: -0.9)],
      inner: .hamiltonian(leapfrogSteps: 4), length: .fixed(6)),
    Row(
      name: "short walks", models: [ToyModel(linear: 1.0)], length: .fixed(1), thinning: 40),
    Row(
      name: "automatic length", models: [ToyModel(linear: 1.0)],
      length: .automatic(relativeCost: 0.02, maximum: 32), thinning: 40),
    Row(
      name: "delayed acceptance",
      models: [ToyModel(linear: 0.5), ToyModel(linear: 1.6, quadratic: -0.9)], thinning: 12),
    Row(
      name: "three levels, several tests each",
      models: [ToyModel(linear: 0), ToyModel(linear: 1), ToyModel(linear: 1.6, quadratic: -0.9)],
      screens: [4, 2]),
  ]

  /// Each row fails once in 5000 runs with other seeds (two histograms at 1e-4).
  @Test(arguments: rows) func histogramsMatchQuadrature(row: Row) throws {
    let samples = try sample(row, count: 6000, key: 11)
    for values in samples {
      let histogram = Histogram(of: values) { exp(1.5 * $0 - $0 * $0) }
      #expect(histogram.probability > 1e-4, "\(histogram)")
    }
  }

  /// The test above has power: a weight three tenths off gives itself away.
  @Test func anotherWeightIsSeen() throws {
    let samples = try sample(Self.rows[0], count: 6000, key: 11, system: ToySystem(linear: 1.8))
    let histogram = Histogram(of: samples[0]) { exp(1.5 * $0 - $0 * $0) }
    #expect(histogram.probability < 1e-6)
  }

  /// Delayed acceptance and the plain test give one distribution, by the means and their errors.
  @Test func cascadeAgreesWithThePlainTest() throws {
    let plain = try means(Self.rows[0], key: 3)
    let cascade = try means(Self.rows[8], key: 4)
    let several = try means(Self.rows[9], key: 5)
    // Four sigma twice: one false alarm in 8000.
    for other in [cascade, several] {
      let error = (plain.error * plain.error + other.error * other.error).squareRoot()
      #expect(abs(plain.mean - other.mean) < 4 * error)
    }
  }

  /// <u> = 0.4044… from quadrature; a bad model has a larger error, and an honest one.
  @Test func badModelIsHonest() throws {
    let good = try means(Self.rows[0], key: 6)
    let bad = try means(Self.rows[2], key: 7)
    let exact = quadratureMean()
    #expect(abs(good.mean - exact) < 4 * good.error)
    #expect(abs(bad.mean - exact) < 4 * bad.error)
    #expect(bad.error > 1.5 * good.error && bad.tau > 2 * good.tau)
  }

  private func means(_ row: Row, key: UInt64) throws -> AutocorrelationAnalysis {
    var row = row
    row.thinning = 1
    return try AutocorrelationAnalysis(replicas: [sample(row, count: 20_000, key: key)[0]])
  }

  private func quadratureMean() -> Double {
    let grid = (0..<20_000).map { -1 + (Double($0) + 0.5) / 10_000 }
    let weights = grid.map { exp(1.5 * $0 - $0 * $0) }
    return zip(grid, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  private func sample(
    _ row: Row, count: Int, key: UInt64, system: ToySystem = ToySystem()
  ) throws -> [[Double]] {
    var parameters = SelfLearningParameters()
    parameters.inner = row.inner
    parameters.innerLength = row.length
    parameters.screenLengths = row.screens
    let chain = try SelfLearningChain(
      system: system, models: row.models, parameters: parameters,
      random: RandomStream(key: key, nonce: 0))
    try chain.thermalise()
    let first = try #require(chain.columns.firstIndex { $0.name == "first" })
    var result: [[Double]] = [[], []]
    var rows: [Double] = []
    for _ in 0..<count {
      for _ in 0..<row.thinning {
        rows.removeAll(keepingCapacity: true)
        chain.advance(into: &rows)
      }
      result[0].append(rows[first])
      result[1].append(rows[first + 1])
    }
    return result
  }
}
