import DoubleExchange
import Foundation
import Lattice
import Learning
import MonteCarlo
import Randomness
import SelfLearning
import SpinModels
import Statistics

/// Self-learning chains against exact ones on a square lattice (t = J = 1, mu = 0): acceptance,
/// tau of |M_st| and cost per independent sample of it, all in one run.
///
/// Arguments: extent (6), temperature (0.05), proposals per chain (20000).
func benchSelfLearning(_ arguments: [String]) throws {
  let extent = arguments.first.flatMap { Int($0) } ?? 6
  let temperature = arguments.dropFirst().first.flatMap { Double($0) } ?? 0.05
  let proposals = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 20_000
  let system = try DoubleExchangeSystem(
    extents: [extent, extent], hopping: 1, coupling: 1, chemicalPotential: 0,
    temperature: temperature)
  let samples = try exactSamples(system, chains: 8, count: 150)
  let all = system.lattice.shells.count - 1
  let best = try LinearFit.fit(LinearModel(shells: all), on: samples).model
  let three = try LinearFit.fit(LinearModel(shells: min(3, all)), on: samples).model
  var bad = best
  bad.parameters.values = best.parameters.values.map { 0.7 * $0 }

  print("method                 accepted  length     tau      ms/row  ms/sample   gain")
  var naive: Double?
  for method in [ExactMethod.naive, .fast] {
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(method: method, thermalisation: 200, stride: 1),
      random: RandomStream(key: 5, nonce: UInt64(extent)))
    chain.thermalise()
    let rows = method == .naive ? 1000 : 4000
    let run = try measure(chain, rows: rows, accepted: "acceptance")
    if method == .naive { naive = run.cost }
    report("exact " + method.rawValue, run, length: nil, naive: naive)
  }
  let local = InnerAlgorithm.local(overrelaxation: 0)
  for (name, models, inner) in [
    ("linear, all shells", [best], local), ("linear-3", [three], local),
    ("linear-3 then all", [three, best], local),
    ("all, over-relaxed", [best], .local(overrelaxation: 4)),
    ("all, hybrid MC", [best], .hamiltonian(leapfrogSteps: 10)), ("bad model", [bad], local),
  ] as [(String, [any TrainableModel], InnerAlgorithm)] {
    var parameters = SelfLearningParameters()
    parameters.inner = inner
    parameters.innerLength = .automatic(relativeCost: 0.02, maximum: 128)
    let chain = try SelfLearningChain(
      system: system, models: models, parameters: parameters,
      random: RandomStream(key: 6, nonce: UInt64(extent)))
    try chain.thermalise()
    let run = try measure(chain, rows: proposals, accepted: "accepted")
    let length = chain.facts.first { $0.name == "innerLength" }?.value
    report(name, run, length: length, naive: naive)
  }
}

private func exactSamples(
  _ system: DoubleExchangeSystem, chains: Int, count: Int
) throws -> TrainingSet {
  var set = TrainingSet(lattice: system.lattice, temperature: system.temperature)
  for c in 0..<chains {
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(method: .fast, thermalisation: 200, stride: 3),
      random: RandomStream(key: 4, nonce: UInt64(c)))
    chain.thermalise()
    for _ in 0..<count {
      var row: [Double] = []
      chain.advance(into: &row)
      try set.append(chain.field, logWeight: row[0], chain: c)
    }
  }
  return set
}

private struct Run {
  var acceptance: Double
  var staggered: AutocorrelationAnalysis
  var means: [(name: String, mean: Double, error: Double)]
  var secondsPerRow: Double
  /// Seconds per independent sample of |M_st|.
  var cost: Double { 2 * staggered.tau * secondsPerRow }
}

private func measure(_ chain: any Chain, rows count: Int, accepted: String) throws -> Run {
  let names = [
    "magnetisation", "staggeredMagnetisation", "nearestNeighbourCorrelation", "logWeight",
  ]
  let places = (names + [accepted]).map { name in
    chain.columns.firstIndex { $0.name == name } ?? 0
  }
  var series = [[Double]](repeating: [], count: places.count)
  var row: [Double] = []
  // CPU time: other work on the machine must not enter a ratio.
  let start = clock()
  for _ in 0..<count {
    row.removeAll(keepingCapacity: true)
    chain.advance(into: &row)
    for (k, place) in places.enumerated() { series[k].append(row[place]) }
  }
  let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  var means: [(String, Double, Double)] = []
  for (k, name) in names.enumerated() {
    let analysis = try AutocorrelationAnalysis(replicas: [series[k]])
    means.append((name, analysis.mean, analysis.error))
  }
  return Run(
    acceptance: series[4].reduce(0, +) / Double(count),
    staggered: try AutocorrelationAnalysis(replicas: [series[1]]), means: means,
    secondsPerRow: seconds / Double(count))
}

private func report(_ name: String, _ run: Run, length: Double?, naive: Double?) {
  print(
    name.padding(toLength: 22, withPad: " ", startingAt: 0)
      + String(
        format: "%8.3f %7.0f %7.2f(%4.2f) %8.3f %9.3f %8.1f", run.acceptance, length ?? 1,
        run.staggered.tau, run.staggered.tauError, 1000 * run.secondsPerRow, 1000 * run.cost,
        (naive ?? run.cost) / run.cost))
  let means = run.means.map { String(format: "%@ %.4f(%.4f)", $0.name, $0.mean, $0.error) }
  print("    " + means.joined(separator: "  "))
}
