internal import FileSystem
internal import HDF5
internal import Manifest
public import Pipeline
public import Values

/// Observables at every value of a parameter, from chains at some of them.
public struct ReweightStage: StageKind {
  private let book: TheoryBook

  init(_ book: TheoryBook) { self.book = book }

  /// What `slmc explain reweight` shows.
  public let declaration = StageDeclaration(
    "reweight", version: 1,
    "Observables between the points of several chains, by multi-histogram reweighting in a parameter in "
      + "which ln W is linear.",
    groups: [Self.reweightingGroup],
    inputs: [
      .init(
        "chains", from: ChainKinds.sampled, isList: true,
        "chains of one system that differ in one parameter, as in {stage: exact, over: "
          + "system.massSquared}")
    ],
    layout: [
      .init("/grid/PARAMETER", shape: "points", "where the observables are"),
      .init(
        "/arrays/NAME", shape: "points",
        "each observable there; error, effectiveSamples, converged, doubts and covariance lie beside "
          + "it as those of `analyze-chain`"),
      .init("/sampled/PARAMETER", shape: "chains", "values of the chains, ascending"),
      .init("/sampled/logNorm", shape: "chains", "ln Z, less that of the first"),
      .init(
        "/sampled/overlap", shape: "chains, chains",
        "the chance that a sample of one chain passes for one of another"),
      .init("/results/fewestSamples", "fewest independent samples that support a point"),
      .init("/results/smallestOverlap", "least overlap of neighbours among the chains"),
    ], samplerResults: ["fewestSamples", "smallestOverlap"], footprint: reweightingFootprint)

  private static let reweightingGroup = GroupSchema(
    "reweighting", "How chains are reweighted.",
    fields: [
      FieldSchema(
        "observables", .list(of: .text, count: 1...Int.max),
        "recorded numbers and functions of means, as in [magnetisation, magnetisationBinder]"),
      FieldSchema(
        "points", .integer(2...100_000), default: .integer(41), "points at equal distances"),
      FieldSchema(
        "range", .list(of: .number(.finite), count: 0...2), default: .list([]),
        "[from, to]; from the least to the largest value of the chains when left out"),
      FieldSchema(
        "discard", .natural, unit: "steps", default: .integer(0),
        "rows left out at the beginning of every replica"),
      FieldSchema(
        "blocks", .integer(8...1024), default: .integer(32),
        "blocks of every chain for the jackknife, which should be several tau long"),
      FieldSchema(
        "fewestSamples", .number(.nonNegative), default: .number(100),
        "points that fewer independent samples support are marked as not converged"),
    ])

  public func resultNames(of job: JobOutline) -> Set<String>? {
    let names = Self.observables(job.parameters).map { $0 + "[]" }
    return Set(names + ["fewestSamples", "smallestOverlap"])
  }

  public func problems(in parameters: Record) -> [String] {
    let range = parameters["reweighting"]?.record?.numbers("range") ?? []
    return range.isEmpty || (range.count == 2 && range[0] < range[1])
      ? [] : ["reweighting.range must be two ascending numbers, [from, to]"]
  }

  public func problems(of job: JobOutline) -> [String] {
    let systems = job.inputs.sorted { $0.key < $1.key }
      .compactMap { $0.value.parameters["system"]?.record }
    do throws(StageFailure) {
      let common = try SystemFamily(systems, book)
      var problems: [String] = []
      for name in Self.observables(job.parameters) {
        if let objection = try common.objection(to: name) { problems.append(objection.description) }
      }
      return problems
    } catch {
      return [error.description]
    }
  }

  private static func observables(_ parameters: Record) -> [String] {
    parameters["reweighting"]?.record?["observables"]?.list?.compactMap(\.text) ?? []
  }

  public func run(_ job: Job) throws -> Record {
    let inputs = job.inputs.sorted { $0.key < $1.key }.map(\.value)
    let settings = job.parameters["reweighting"]?.record ?? [:]
    let names = Self.observables(job.parameters)
    let chains = try ReweightedChains(inputs, settings, observables: names, book)
    let file = try HDF5File.artifact(for: job)
    try chains.writeGrid(to: file)
    let (fewest, doubts) = try chains.write(names, to: file)
    for (name, value, summary) in [
      ("fewestSamples", fewest, "fewest independent samples that support a point"),
      ("smallestOverlap", chains.smallestOverlap, "least overlap of neighbours"),
    ] {
      try file.write([value], to: "/results/\(name)", shape: [])
      try file.describe("/results/\(name)", unit: "1", summary: summary)
    }
    try file.close()
    var highlights: Record = ["converged": .boolean(doubts.isEmpty)]
    if let doubt = doubts.first { highlights["doubt"] = .text(doubt) }
    return highlights
  }
}
