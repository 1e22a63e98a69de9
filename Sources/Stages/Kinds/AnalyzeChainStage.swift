internal import Artifacts
internal import FileSystem
internal import HDF5
internal import Lattice
internal import Manifest
internal import MonteCarlo
public import Pipeline
internal import Statistics
public import Values

/// Means, errors and autocorrelation times of everything a chain recorded, and whether to believe them.
public struct AnalyzeChainStage: StageKind {
  static let kind = "analyze-chain"

  /// What `slmc explain analyze-chain` shows.
  public let declaration: StageDeclaration
  private let book: TheoryBook

  init(_ book: TheoryBook) {
    self.book = book
    declaration = StageDeclaration(
      Self.kind, version: 3,
      "Means, errors and autocorrelation times of a chain's observables, with a verdict.",
      groups: [Self.analysisGroup],
      inputs: [
        .init("chain", from: ChainKinds.recorded, "the chain to analyse")
      ],
      layout: [
        .init(
          "/results/NAME",
          "mean of each recorded number; error, tau, converged, doubts, … are attributes"),
        .init("/results/acceptance", "accepted share of the proposals"),
        .init(
          "/results/acceptancePredicted",
          "erfc(sigma/2) with sigma the spread of ln W - ln W_eff (self-learning chains)"),
        .init("/costs/sites", "sites of the lattice"),
        .init(
          "/costs/NAME.evaluations",
          "exact weights evaluated by the moves for one independent sample of NAME; the rows' "
            + "measurements come on top"),
        .init("/costs/NAME.innerSteps", "inner steps for one independent sample of NAME"),
        .init("/autocorrelation/NAME", shape: "lags", "rho(t) of each recorded number"),
        .init(
          "/arrays/NAME", shape: "of NAME",
          "mean of each array that `analysis.arrays` asks for; converged, doubts, blocks, blockLength and "
            + "effectiveRank are attributes"),
        .init(
          "/arrays/NAME.error", shape: "of NAME",
          "its errors; tau, tauError, effectiveSamples, converged, doubts are named likewise"),
        .init(
          "/arrays/NAME.covariance", shape: "entries, entries",
          "covariance of the means of its entries, last index fastest (up to 1024 of them)"),
      ],
      samplerResults: ChainAnalysis.diagnostics.union([
        "acceptance", "acceptancePredicted", "logWeightEffective", "residualSigma",
      ]), quantities: { job in book.system(of: job).map(AnalysisNames.quantities) ?? [] },
      isLight: false, footprint: { analysisFootprint($0, book) })
  }

  private static let analysisGroup = GroupSchema(
    "analysis", "How a chain is analysed.",
    fields: [
      FieldSchema(
        "discard", .natural, unit: "steps", default: .integer(0),
        "rows left out at the beginning of every replica"),
      FieldSchema(
        "windowStretch", .number(.positive), default: .number(1.5),
        "S of the automatic window (Wolff 2004)"),
      FieldSchema(
        "tail", .either([.choice(["none"]), .number(.positive)]), unit: "steps",
        default: .text("none"),
        "slowest time of the chain, where it is known: rho is continued with it from where it is lost "
          + "in noise (Schaefer, Sommer, Virotta 2010)"),
      ArrayChoice.field,
    ])

  public func resultNames(of job: JobOutline) -> Set<String>? {
    let asked = job.parameters["analysis"]?.record?["arrays"]?.list?.compactMap(\.text) ?? []
    let measured = book.measured(by: job)
    let arrays = asked + measured.filter { !$0.shape.isEmpty }.map(\.name)
    return book.system(of: job).map {
      AnalysisNames.all(of: $0).union(measured.map(\.name)).union(arrays.map { $0 + "[]" })
    }
  }

  public func run(_ job: Job) throws -> Record {
    guard let input = job.inputs["chain"] else { throw StageFailure("there is no chain") }
    let chain = try HDF5File(opening: input.data.description)
    let settings = job.parameters["analysis"]?.record ?? [:]
    let file = try HDF5File.artifact(for: job)
    try file.createGroup("/autocorrelation")
    let system = try input.metadata.parameters["system"]?.record.map(book.makeSystem)
    var analysis = ChainAnalysis(
      discard: settings["discard"]?.integer ?? 0,
      stretch: settings["windowStretch"]?.number ?? 1.5,
      tail: settings["tail"]?.number,
      derived: system?.derived ?? [],
      arrays: ArrayChoice(settings, kind: input.metadata.kind))
    try analysis.run(chain)
    try analysis.write(
      ChainCosts.counted(chain, analysis, sites: system?.lattice.sites), to: file)
    try file.close()
    return analysis.highlights
  }
}

extension TheoryBook {
  /// What was measured on stored configurations, where the job analyses that.
  fileprivate func measured(by job: JobOutline) -> [Observable] {
    guard let parameters = job.inputs["chain"]?.parameters,
      let system = parameters["system"]?.record, let measure = parameters["measure"]?.record,
      let theory = try? theory(of: system)
    else { return [] }
    return (try? theory.makeMeasurement(system, measuring: measure).observables) ?? []
  }

  /// The system that a job's chain samples.
  fileprivate func system(of job: JobOutline) -> (any PhysicalSystem)? {
    try? job.inputs["chain"]?.parameters["system"]?.record.map(makeSystem)
  }
}
