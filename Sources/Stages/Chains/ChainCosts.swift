internal import Artifacts
internal import FileSystem
internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Statistics

/// What an independent sample of each observable takes: in counted work, which repeats bit for bit,
/// and in processor time, which does not.
///
/// No key and no content digest knows processor times, so an analysis that kept some would keep them when
/// its chain is made again. The analysis holds what is counted; times are worked out from the chain for
/// whoever looks at them (`CostReading`).
struct ChainCosts {
  typealias Result = ChainAnalysis.Result

  private var counted: [Result] = []
  private var timed: [Result] = []
  private let analysis: ChainAnalysis
  private let chain: HDF5File

  private init(_ chain: HDF5File, _ analysis: ChainAnalysis) {
    self.analysis = analysis
    self.chain = chain
  }

  /// - Parameter sites: of the lattice, against which costs are drawn.
  static func counted(
    _ chain: HDF5File, _ analysis: ChainAnalysis, sites: Int?
  ) throws -> [Result] {
    var costs = Self(chain, analysis)
    if let sites {
      costs.counted.append(
        Result(
          name: AnalysisNames.sites.name, symbol: AnalysisNames.sites.symbol,
          value: Double(sites), unit: "1", summary: "sites of the lattice"))
    }
    try costs.count()
    return costs.counted
  }

  /// - Parameter training: CPU seconds of all that the chain was made from.
  static func timed(
    _ chain: HDF5File, _ analysis: ChainAnalysis, training: Double?
  ) throws -> [Result] {
    var costs = Self(chain, analysis)
    try costs.time(training: training)
    return costs.timed
  }

  private typealias Observable = (result: Result, tau: Double, samples: Double)

  /// Observables with an autocorrelation time, and n_eff of each.
  private var observables: [Observable] {
    analysis.results.compactMap { result in
      guard let tau = result.tau, let samples = result.effectiveSamples, samples > 0,
        result.name != "acceptance", !ChainAnalysis.diagnostics.contains(result.name)
      else { return nil }
      return (result, tau, samples)
    }
  }

  private mutating func count() throws {
    if let evaluations = try perRow("exactEvaluations", orFact: "exactEvaluationsPerRow") {
      for entry in observables {
        counted.append(
          cost(
            entry, "evaluations", of: evaluations, unit: "1",
            "exact weights evaluated by the moves for one independent sample"))
      }
    }
    if let steps = try perRow("innerSweeps", orFact: nil) {
      for entry in observables {
        counted.append(
          cost(
            entry, "innerSteps", of: steps, unit: "1",
            "steps of the inner algorithm for one independent sample"))
      }
    }
  }

  private mutating func time(training: Double?) throws {
    guard let parts = try partTimes(), let row = Self.mean(parts.total) else { return }
    timed.append(
      Result(
        name: "rowTime", value: row.value, error: row.error, unit: "s", summary: "CPU time of a row"
      ))
    for (part, series) in parts.byPart {
      let seconds = Self.mean(series)?.value ?? 0
      timed.append(
        Result(
          name: part.rawValue + "Share", value: seconds / row.value, unit: "1",
          summary: "share of the CPU time for " + part.summary))
    }
    if let training {
      timed.append(
        Result(
          name: "trainingTime", value: training, unit: "s",
          summary: "CPU time of all that the chain was made from: samples and training"))
    }
    let bare = Self.mean(parts.withoutMeasuring)
    for entry in observables { timed += costs(of: entry, row: row, bare: bare, training: training) }
  }

  /// - Parameters:
  ///   - row: CPU time of a row.
  ///   - bare: the same without its measurement, which is the price of looking and not of moving.
  private func costs(
    of entry: Observable, row: (value: Double, error: Double),
    bare: (value: Double, error: Double)?, training: Double?
  ) -> [Result] {
    let single = cost(entry, "cost", of: row, unit: "s", "CPU time of one independent sample")
    var rate = single
    rate.name = entry.result.name + ".rate"
    rate.value = 1 / single.value
    rate.error = (single.error ?? 0) / single.value / single.value
    rate.unit = "1/s"
    rate.summary = "independent samples of \(entry.result.name) per CPU second"
    var results = [single, rate]
    if let bare {
      results.append(
        cost(
          entry, "costWithoutMeasuring", of: bare, unit: "s",
          "CPU time of one independent sample, the rows' measurements left out"))
    }
    if let training {
      var whole = single
      whole.name = entry.result.name + ".amortisedCost"
      whole.value += training / entry.samples
      whole.summary = "the same with the training shared by this chain's independent samples"
      results.append(whole)
    }
    return results
  }

  /// 2 tau times a mean per row.
  private func cost(
    _ entry: Observable, _ name: String,
    of perRow: (value: Double, error: Double), unit: String, _ summary: String
  ) -> Result {
    let value = 2 * entry.tau * perRow.value
    let error = 2 * entry.tau * perRow.error
    let tauError = 2 * (entry.result.tauError ?? 0) * perRow.value
    return Result(
      name: "\(entry.result.name).\(name)", value: value,
      error: (error * error + tauError * tauError).squareRoot(), unit: unit,
      summary: "\(summary), of \(entry.result.name)", doubts: entry.result.doubts)
  }
}

extension ChainCosts {
  /// The mean of a recorded count, or the fact that stands for it in chains that only know it as a
  /// whole.
  private func perRow(
    _ column: String, orFact fact: String?
  ) throws -> (value: Double, error: Double)? {
    if try chain.exists("/chain/\(column)") {
      return Self.mean(try analysis.series("/chain/\(column)", of: chain) ?? [])
    }
    guard let fact, try chain.exists("/diagnostics/\(fact)") else { return nil }
    let values = try chain.doubles(at: "/diagnostics/\(fact)")
    return values.isEmpty ? nil : (values.reduce(0, +) / Double(values.count), 0)
  }

  private struct Parts {
    var total: [[Double]]
    var byPart: [(part: ChainPart, series: [[Double]])]

    var withoutMeasuring: [[Double]] {
      let measuring = byPart.first { $0.part == .measurement }?.series ?? []
      return zip(total, measuring).map { zip($0, $1).map(-) }
    }
  }

  /// nil where some of the chain was not timed.
  private func partTimes() throws -> Parts? {
    var byPart: [(part: ChainPart, series: [[Double]])] = []
    for part in ChainPart.allCases {
      let path = "/timing/\(part.cpuColumn)"
      guard try chain.exists(path), let series = try analysis.series(path, of: chain),
        series.allSatisfy({ $0.allSatisfy(\.isFinite) })
      else { return nil }
      byPart.append((part, series))
    }
    var total = byPart[0].series
    for (_, series) in byPart.dropFirst() {
      for replica in total.indices {
        total[replica] = zip(total[replica], series[replica]).map(+)
      }
    }
    return Parts(total: total, byPart: byPart)
  }

  private static func mean(_ series: [[Double]]) -> (value: Double, error: Double)? {
    if let analysis = try? AutocorrelationAnalysis(replicas: series) {
      return (analysis.mean, analysis.error)
    }
    let values = series.joined()
    guard !values.isEmpty else { return nil }
    return (values.reduce(0, +) / Double(values.count), 0)
  }

  /// CPU time of all rows of a chain; 0 for anything else.
  private static func rowSeconds(of data: Path) -> Double {
    guard let file = try? HDF5File(opening: data.description) else { return 0 }
    return ChainPart.allCases.reduce(0) { sum, part in
      let times = (try? file.doubles(at: "/timing/\(part.cpuColumn)")) ?? []
      return sum + times.reduce(0) { $1.isFinite ? $0 + $1 : $0 }
    }
  }

  /// CPU seconds of everything an artifact was made from, each input once; nil where there is
  /// nothing, or where some of it is no longer in the store.
  static func training(of chain: ArtifactMetadata, in store: Store) -> Double? {
    var open = chain.inputs.map(\.key)
    var known = Set(open)
    var seconds = 0.0
    while let key = open.popLast() {
      guard let metadata = try? store.metadata(of: key) else { return nil }
      // A chain that was cut or extended took longer than the job that wrote it.
      seconds += max(metadata.cpuSeconds, rowSeconds(of: store.data(of: key)))
      for input in metadata.inputs where known.insert(input.key).inserted { open.append(input.key) }
    }
    return chain.inputs.isEmpty ? nil : seconds
  }
}
