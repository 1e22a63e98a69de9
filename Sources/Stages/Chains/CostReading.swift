public import Artifacts
public import ContentHash
internal import FileSystem
internal import HDF5
internal import Pipeline
internal import Values

/// What a chain's rows and independent samples took in time, worked out from the artifacts as they are
/// now: of the analysis its autocorrelation times, of the chain its clocks, of what the chain was made
/// from what that took. Nothing of it is kept, so none of it can be of another run.
public struct CostReading: Sendable {
  /// As `energy.cost`.
  public let name: String
  /// In its unit.
  public let value: Double
  /// One standard deviation; nil where it is not known.
  public let error: Double?
  /// As `s`.
  public let unit: String
  /// What it is, in a line.
  public let summary: String
  /// Whether the autocorrelation time behind it is believed.
  public let isConverged: Bool

  /// Empty for anything but an analysed chain, and where the chain is no longer in the store.
  public static func all(of key: Digest, in store: Store) throws -> [CostReading] {
    let metadata = try store.metadata(of: key)
    guard metadata.kind == AnalyzeChainStage.kind,
      let input = metadata.inputs.first(where: { $0.slot == "chain" }),
      let chain = try? store.verified(input.key)
    else { return [] }
    let settings = metadata.parameters["analysis"]?.record ?? [:]
    var analysis = ChainAnalysis(
      discard: settings["discard"]?.integer ?? 0,
      stretch: settings["windowStretch"]?.number ?? 1.5, derived: [])
    analysis.results = try results(
      of: HDF5File(opening: store.data(of: key).description))
    let timed = try ChainCosts.timed(
      HDF5File(opening: store.data(of: input.key).description), analysis,
      training: ChainCosts.training(of: chain, in: store))
    return timed.map {
      CostReading(
        name: $0.name, value: $0.value, error: $0.error, unit: $0.unit, summary: $0.summary,
        isConverged: $0.doubts.isEmpty)
    }
  }

  /// The results as the analysis wrote them.
  private static func results(of file: HDF5File) throws -> [ChainAnalysis.Result] {
    try file.children(of: "/results").compactMap { name in
      let path = "/results/\(name)"
      guard let value = try file.doubles(at: path).first else { return nil }
      func number(_ attribute: String) throws -> Double? {
        try file.hasAttribute(attribute, of: path)
          ? try file.doubleAttribute(attribute, of: path) : nil
      }
      let isConverged =
        try !file.hasAttribute("converged", of: path)
        || file.integerAttribute("converged", of: path) == 1
      return ChainAnalysis.Result(
        name: name, value: value, error: try number("error"), tau: try number("tau"),
        tauError: try number("tauError"), effectiveSamples: try number("effectiveSamples"),
        unit: "", summary: "", doubts: isConverged ? [] : ["not converged"])
    }
  }
}
