internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Statistics
internal import Values

/// The statistics of one chain artifact.
struct ChainAnalysis {
  let discard: Int
  let stretch: Double
  var results: [Result] = []
  private(set) var doubts: [String] = []
  let derived: [DerivedObservable]
  private var correlations: [(name: String, rho: [Double])] = []

  struct Result {
    var name: String
    var value: Double
    var error: Double?
    var tau: Double?
    var tauError: Double?
    var effectiveSamples: Double?
    /// Split R-hat (Vehtari et al. 2021).
    var rHat: Double?
    var unit: String
    var summary: String
    var doubts: [String] = []
  }

  init(discard: Int, stretch: Double, derived: [DerivedObservable]) {
    self.discard = discard
    self.stretch = stretch
    self.derived = derived
  }

  mutating func run(_ chain: HDF5File) throws {
    for name in try chain.children(of: "/chain") {
      let path = "/chain/\(name)"
      guard let series = try series(path, of: chain) else { continue }
      try analyse(
        series, name: name == "accepted" ? "acceptance" : name,
        unit: try chain.stringAttribute("unit", of: path),
        summary: try chain.stringAttribute("summary", of: path))
    }
    try derive(from: chain)
    try predictAcceptance(chain)
    judge()
  }

  /// The replicas of a number per step; nil for anything larger.
  func series(_ path: String, of chain: HDF5File) throws -> [[Double]]? {
    let shape = try chain.shape(of: path)
    guard shape.count == 2 else { return nil }
    let (replicas, steps) = (shape[0], shape[1])
    guard discard < steps else {
      throw StageFailure("analysis.discard is \(discard), but the chain has \(steps) rows")
    }
    let values = try chain.doubles(at: path)
    return (0..<replicas).map { Array(values[($0 * steps + discard)..<(($0 + 1) * steps)]) }
  }

  private mutating func analyse(
    _ series: [[Double]], name: String, unit: String, summary: String
  ) throws {
    // A few rows are equal by chance, or because there is one.
    if series.allSatisfy({ $0.count >= AutocorrelationAnalysis.minimumLength }),
      let values = Self.constants(series)
    {
      appendConstant(values, name: name, unit: unit, summary: summary)
      return
    }
    do {
      let analysis = try AutocorrelationAnalysis(
        replicas: series, window: .automatic(stretch: stretch))
      var result = Result(
        name: name, value: analysis.mean, error: analysis.error, tau: analysis.tau,
        tauError: analysis.tauError, effectiveSamples: analysis.effectiveSamples, unit: unit,
        summary: summary)
      // Too short for R-hat is far too short for the verdict's other criteria as well.
      let diagnostics = try? ReplicaDiagnostics(replicas: series)
      let verdict = ConvergenceVerdict(
        analysis, rHat: diagnostics?.rHat, acceptance: name == "acceptance" ? analysis.mean : nil)
      result.doubts = verdict.reasons.map { "\(name): \($0)" }
      result.rHat = diagnostics?.rHat
      results.append(result)
      correlations.append((name, analysis.rho))
    } catch {
      throw StageFailure("\(name): \(error)")
    }
  }

  /// The value of each replica, when none varies by more than rounding: a frozen inner length, say,
  /// or the density at half filling. Such a number has no autocorrelation to speak of.
  private static func constants(_ series: [[Double]]) -> [Double]? {
    let values = series.compactMap { replica -> Double? in
      guard let first = replica.first else { return nil }
      let spread = replica.reduce(0) { max($0, abs($1 - first)) }
      return spread <= 1e-12 * abs(first) ? first : nil
    }
    return values.count == series.count ? values : nil
  }

  private mutating func appendConstant(
    _ values: [Double], name: String, unit: String, summary: String
  ) {
    let mean = values.reduce(0, +) / Double(values.count)
    var result = Result(name: name, value: mean, error: 0, unit: unit, summary: summary)
    if name == "acceptance" && mean == 0 {
      result.doubts = ["no proposal was accepted: the chain never moved"]
    } else if !Self.diagnostics.contains(name),
      values.contains(where: { abs($0 - mean) > 1e-12 * abs(mean) })
    {
      result.doubts = ["\(name): every replica is stuck at a value of its own"]
    }
    results.append(result)
  }

  /// A chain that was to run until a target and ended before is not converged, whatever else holds.
  mutating func doubtMissedTarget(of chain: HDF5File) throws {
    guard try chain.exists("/goal"), try chain.integerAttribute("reached", of: "/goal") != 1 else {
      return
    }
    let name = try chain.stringAttribute("observable", of: "/goal")
    doubts.append("\(name): the chain ended before it reached its target")
  }

  private mutating func judge() {
    for result in results where !Self.diagnostics.contains(result.name) { doubts += result.doubts }
  }

  /// Recorded numbers whose own autocorrelation does not bear on the physics.
  static let diagnostics: Set<String> = [
    "innerAcceptance", "innerSweeps", "exactEvaluations", "logRatio",
  ]

  var isConverged: Bool { doubts.isEmpty }

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

  func write(_ costs: [Result], to file: HDF5File) throws {
    for (group, results) in [("/results", results), ("/costs", costs)] {
      try file.createGroup(group)
      for result in results { try write(result, to: file, at: "\(group)/\(result.name)") }
    }
    try file.setAttribute("converged", isConverged ? 1 : 0, of: "/results")
    try file.setAttribute("doubts", doubts.joined(separator: "; "), of: "/results")
    for (name, rho) in correlations {
      try file.write(rho, to: "/autocorrelation/\(name)")
      try file.describe(
        "/autocorrelation/\(name)", unit: "1", summary: "normalised autocorrelation by lag")
    }
  }

  private func write(_ result: Result, to file: HDF5File, at path: String) throws {
    try file.write([result.value], to: path, shape: [])
    try file.describe(path, unit: result.unit, summary: result.summary)
    for (name, value) in [
      ("error", result.error), ("tau", result.tau), ("tauError", result.tauError),
      ("effectiveSamples", result.effectiveSamples), ("rHat", result.rHat),
    ] {
      if let value { try file.setAttribute(name, value, of: path) }
    }
    let converged = isConverged && result.doubts.isEmpty
    try file.setAttribute("converged", converged ? 1 : 0, of: path)
  }
}
