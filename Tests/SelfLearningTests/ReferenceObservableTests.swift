import DoubleExchange
import Lattice
import Learning
import MonteCarlo
import Randomness
import SelfLearning
import SpinModels
import Statistics
import Testing

/// Averages on 6x6 (t = J = 1, mu = 0) from every kind of effective model against an independent
/// computation; the long version is `experiments/observables.yaml`.
@Suite struct ReferenceObservableTests {
  struct Reference: Sendable, CustomTestStringConvertible {
    let temperature: Double
    /// Mean and error of |M|, |M_st|, M_st^2, S.S of neighbours, ln W.
    let values: [(name: String, mean: Double, error: Double)]
    var testDescription: String { "T = \(temperature)" }

    init(_ temperature: Double, _ numbers: [(Double, Double)]) {
      self.temperature = temperature
      let names = [
        "magnetisation", "staggeredMagnetisation", "staggeredMagnetisationSquared",
        "nearestNeighbourCorrelation", "logWeight",
      ]
      values = zip(names, numbers).map { ($0, $1.0, $1.1) }
    }
  }

  static let references = [
    Reference(
      0.2,
      [(0.1560, 0.0003), (0.1709, 0.0004), (0.0343, 0.0002), (-0.0143, 0.0004), (306.24, 0.02)]),
    Reference(
      0.1,
      [(0.1668, 0.0004), (0.2267, 0.0004), (0.0597, 0.0002), (-0.0446, 0.0004), (604.43, 0.06)]),
    Reference(
      0.05,
      [(0.1550, 0.0005), (0.5319, 0.0006), (0.2917, 0.0006), (-0.2841, 0.0007), (1221.4, 0.3)]),
  ]

  /// Every model at the lowest temperature, where they differ most, and two of them at each of the
  /// others: 45 numbers at four combined errors each, one false alarm in 350 runs with other seeds,
  /// less for the numbers being correlated.
  @Test(arguments: references) func everyModelGivesTheSameAverages(reference: Reference) throws {
    let system = try DoubleExchangeSystem(
      extents: [6, 6], hopping: 1, coupling: 1, chemicalPotential: 0,
      temperature: reference.temperature)
    for (place, entry) in try entries(for: system).enumerated() {
      var parameters = SelfLearningParameters()
      parameters.innerLength = .fixed(entry.inner)
      parameters.thermalisation = 60
      let chain = try SelfLearningChain(
        system: system, models: [entry.model],
        parameters: parameters, random: RandomStream(key: 600, nonce: UInt64(place)))
      try chain.thermalise()
      let means = try means(chain, rows: entry.proposals)
      for (name, mean, error) in reference.values {
        let found = try #require(means[name])
        let combined = (found.error * found.error + error * error).squareRoot()
        #expect(
          abs(found.mean - mean) < 4 * combined,
          "\(entry.name), \(name): \(found.mean) ± \(found.error) against \(mean) ± \(error)")
      }
    }
  }

  private struct Entry {
    let name: String
    let model: any EffectiveModel
    let inner: Int
    let proposals: Int
  }

  private func entries(for system: DoubleExchangeSystem) throws -> [Entry] {
    let samples = try exactSamples(system)
    func linear(_ shells: Int, proposals: Int) throws -> Entry {
      let model = try LinearFit.fit(LinearModel(shells: shells), on: samples).model
      return Entry(name: "linear-\(shells)", model: model, inner: 4, proposals: proposals)
    }
    switch system.temperature {
    case 0.2: return [try linear(9, proposals: 1000), try network(samples)]
    case 0.1: return [try linear(3, proposals: 1500), try attention(samples)]
    default:
      var bad = try LinearFit.fit(LinearModel(shells: 9), on: samples).model
      bad.parameters.values = bad.parameters.values.map { 0.7 * $0 }
      return [
        try linear(3, proposals: 2000), try linear(9, proposals: 1000),
        Entry(name: "linear-9 at 70 %", model: bad, inner: 4, proposals: 3000),
        try attention(samples), try network(samples),
      ]
    }
  }

  private func attention(_ samples: TrainingSet) throws -> Entry {
    var random = RandomStream(key: 601, nonce: 0)
    var model = AttentionArchitecture(layers: 1, smearingShells: 4, couplingShells: 3).makeModel()
    model.initialize(using: &random)
    let settings = LevenbergMarquardtSettings(iterations: 12)
    return Entry(
      name: "attention",
      model: try LevenbergMarquardt(model, on: samples, settings: settings).run().model,
      inner: 2, proposals: 1000)
  }

  private func network(_ samples: TrainingSet) throws -> Entry {
    var random = RandomStream(key: 601, nonce: 1)
    var model = InvariantNetworkArchitecture(smearingShells: 3, hidden: [5, 5]).makeModel()
    model.initialize(using: &random)
    let settings = LevenbergMarquardtSettings(iterations: 12)
    return Entry(
      name: "network",
      model: try LevenbergMarquardt(model, on: samples, settings: settings).run().model,
      inner: 4, proposals: 1000)
  }

  private func exactSamples(_ system: DoubleExchangeSystem) throws -> TrainingSet {
    var set = TrainingSet(lattice: system.lattice, temperature: system.temperature)
    for c in 0..<4 {
      let chain = try RecordingChain(
        system, settings: ExactChainSettings(method: .fast, thermalisation: 60, stride: 2),
        random: RandomStream(key: 602, nonce: UInt64(c)))
      var row: [Double] = []
      for _ in 0..<150 {
        row.removeAll(keepingCapacity: true)
        chain.advance(into: &row)
        try set.append(chain.field, logWeight: row[0], chain: c)
      }
    }
    return set
  }

  private func means(
    _ chain: SelfLearningChain, rows count: Int
  ) throws -> [String: AutocorrelationAnalysis] {
    let names = chain.columns.map(\.name)
    var series = [[Double]](repeating: [], count: names.count)
    var row: [Double] = []
    for _ in 0..<count {
      row.removeAll(keepingCapacity: true)
      chain.advance(into: &row)
      for (place, value) in row.enumerated() { series[place].append(value) }
    }
    let wanted = Set(Self.references[0].values.map(\.name))
    return try Dictionary(
      uniqueKeysWithValues: zip(names, series).filter { wanted.contains($0.0) }.map {
        ($0.0, try AutocorrelationAnalysis(replicas: [$0.1]))
      })
  }
}
