package import HDF5
package import MonteCarlo
internal import Pipeline
internal import Statistics
internal import Values

/// The statistics of one chain artifact.
package struct ChainAnalysis {
  let discard: Int
  let stretch: Double
  /// The slowest time of the chain, where it is known.
  let tail: Double?
  package var results: [Result] = []
  /// Of all numbers that bear on the physics.
  package private(set) var doubts: [String] = []
  let derived: [DerivedObservable]
  private(set) var assessments: [(place: Int, assessment: SeriesAssessment)] = []
  let arrayChoice: ArrayChoice
  package internal(set) var arrays: [ArrayResult] = []

  package struct Result {
    package var name: String
    package var symbol = ""
    package var value: Double
    var error: Double?
    package var tau: Double?
    var tauError: Double?
    var effectiveSamples: Double?
    /// Split R-hat (Vehtari et al. 2021).
    var rHat: Double?
    var unit: String
    var summary: String
    /// Why this number, of all the chain's, is not to be believed.
    package var doubts: [String] = []
  }

  package init(
    discard: Int, stretch: Double, tail: Double? = nil, derived: [DerivedObservable],
    arrays: ArrayChoice = .none
  ) {
    self.discard = discard
    self.stretch = stretch
    self.tail = tail
    self.derived = derived
    arrayChoice = arrays
  }

  package mutating func run(_ chain: HDF5File) throws {
    for name in try chain.children(of: "/chain") {
      let path = "/chain/\(name)"
      guard let series = try series(path, of: chain) else { continue }
      let place = results.count
      try analyse(
        series, name: name == "accepted" ? "acceptance" : name,
        unit: try chain.stringAttribute("unit", of: path),
        summary: try chain.stringAttribute("summary", of: path))
      if try chain.hasAttribute("symbol", of: path) {
        results[place].symbol = try chain.stringAttribute("symbol", of: path)
      }
    }
    judge()
    doubtStandstill()
    try doubtMissedTarget(of: chain)
    try derive(from: chain)
    try predictAcceptance(chain)
    try analyseArrays(of: chain)
    for result in results where !Self.diagnostics.contains(result.name) {
      for doubt in result.doubts where !doubts.contains(doubt) { doubts.append(doubt) }
    }
    doubts += arrays.compactMap(\.doubt)
  }

  /// The replicas of a number per step; nil for anything larger.
  func series(_ path: String, of chain: HDF5File) throws -> [[Double]]? {
    let shape = try chain.shape(of: path)
    guard shape.count == 2 else { return nil }
    let (replicas, steps) = (shape[0], shape[1])
    try checkDiscard(steps)
    let values = try chain.doubles(at: path)
    return (0..<replicas).map { Array(values[($0 * steps + discard)..<(($0 + 1) * steps)]) }
  }

  func checkDiscard(_ steps: Int) throws {
    guard discard < steps else {
      throw StageFailure("analysis.discard is \(discard), but the chain has \(steps) rows")
    }
  }

  private mutating func analyse(
    _ series: [[Double]], name: String, unit: String, summary: String
  ) throws {
    // A few rows are equal by chance, or because there is one.
    if series.allSatisfy({ $0.count >= AutocorrelationAnalysis.minimumLength }),
      let values = standstill(of: series)
    {
      appendConstant(values, name: name, unit: unit, summary: summary)
      return
    }
    do {
      let assessment = try SeriesAssessment(
        replicas: series, window: .automatic(stretch: stretch), tail: tail)
      assessments.append((results.count, assessment))
      results.append(
        Result(
          name: name, value: assessment.mean, error: assessment.error, tau: assessment.tau,
          tauError: assessment.tauError, effectiveSamples: assessment.effectiveSamples,
          rHat: assessment.rHat, unit: unit, summary: summary))
    } catch {
      throw StageFailure("\(name): \(error)")
    }
  }

  private mutating func appendConstant(
    _ values: [Double], name: String, unit: String, summary: String
  ) {
    let mean = values.reduce(0, +) / Double(values.count)
    var result = Result(name: name, value: mean, error: 0, unit: unit, summary: summary)
    if !Self.diagnostics.contains(name),
      values.contains(where: { abs($0 - mean) > 1e-12 * abs(mean) })
    {
      result.doubts = ["\(name): every replica is stuck at a value of its own"]
    }
    results.append(result)
  }

  /// Recorded numbers whose own autocorrelation does not bear on the physics.
  static let diagnostics: Set<String> = [
    "innerAcceptance", "innerSweeps", "exactEvaluations", "logRatio",
  ]

  package var isConverged: Bool { doubts.isEmpty }

  /// The line of `status`: acceptance, the slowest observable, the verdict.
  var highlights: Record {
    var record: Record = ["converged": .boolean(isConverged)]
    if let acceptance = results.first(where: { $0.name == "acceptance" }) {
      record["acceptance"] = .number(acceptance.value)
    }
    let slow = results.filter { $0.name != "acceptance" && !Self.diagnostics.contains($0.name) }
    if let tau = slow.compactMap(\.tau).max() { record["tau"] = .number(tau) }
    if let doubt = doubts.first { record["doubt"] = .text(doubt) }
    return record
  }
}
