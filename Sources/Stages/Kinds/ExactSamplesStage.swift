internal import Artifacts
internal import HDF5
internal import Manifest
internal import MonteCarlo
public import Pipeline
internal import Randomness
public import Values

/// Configurations of the exact ensemble, with ln W and observables.
public struct ExactSamplesStage: StageKind {
  /// What `slmc explain exact-samples` shows.
  public let declaration: StageDeclaration
  private let book: TheoryBook

  init(_ book: TheoryBook) {
    self.book = book
    declaration = StageDeclaration(
      "exact-samples", version: 1,
      "Draws configurations of the exact ensemble by Markov chains on the exact weight.",
      groups: [book.systemGroup, book.exactGroup(common: Self.common)],
      layout: [
        .init("/chain/logWeight", shape: "replicas, steps", "ln W of the configuration"),
        .init(
          "/chain/FIELD", shape: "replicas, steps, places, components",
          "the configuration, under the name of the field: spins, phi, …"),
        .init("/chain/OBSERVABLE", shape: "replicas, steps", "each observable of the system"),
        .init("/chain/acceptance", shape: "replicas, steps", "accepted share of the proposals"),
        .init("/goal/NAME", shape: "looks", "lengths, mean, error at each look (with `until`)"),
        .init("/timing/NAME", shape: "replicas, steps", unit: "s", "times of each part"),
        .init(
          "/diagnostics/NAME", shape: "replicas",
          "tuned widths, worst drift, diagonalisations per row"),
      ], isStochastic: true, effort: { exactEffort($0, book) },
      footprint: { exactFootprint($0, book) })
  }

  /// Fields of the `exact` group whatever the system.
  private static let common = [
    FieldSchema(
      "samples", .count, role: .length, "rows per replica; more extends the cached chain"),
    ConvergenceTarget.field,
    FieldSchema("replicas", .integer(1...1024), default: .integer(4), "independent chains"),
    FieldSchema("replica", .natural, default: .integer(0), "another number, another stream"),
    FieldSchema(
      "thermalisation", .natural, unit: "sweeps", default: .integer(200),
      "sweeps before the first row; proposal widths are tuned here and then frozen"),
    FieldSchema("stride", .count, unit: "sweeps", default: .integer(5), "sweeps between rows"),
    FieldSchema(
      "recordSpins", .boolean, default: .boolean(true), "keep the configurations for training"),
  ]

  public func misfits(in parameters: Record) -> [Misfit] {
    ConvergenceTarget.misfits(in: parameters, group: "exact", also: ["acceptance"], book)
  }

  public func problems(in parameters: Record) -> [String] {
    guard let system = parameters["system"]?.record, let exact = parameters["exact"]?.record else {
      return []
    }
    do {
      try book.theory(of: system).checkExact(system, exact: exact)
      return []
    } catch {
      return ["\(error)"]
    }
  }

  public func run(_ job: Job) throws -> Record {
    guard let system = job.parameters["system"]?.record,
      let exact = job.parameters["exact"]?.record, let length = job.recipe.length
    else { throw StageFailure("the system or the chain is not described") }
    let theory = try book.theory(of: system)
    let streams = RandomStream(key: job.stream.key, nonce: job.stream.nonce)
    let chains = try (0..<(exact["replicas"]?.integer ?? 1)).map { replica in
      try theory.makeExactChain(
        system, exact: exact, random: streams.substream(UInt64(replica)),
        clock: ThreadClock.now)
    }
    let file = try HDF5File.artifact(for: job)
    var run = ChainRun(
      job, chains: chains, limit: length, target: ConvergenceTarget(exact))
    let highlights = try run.write(to: file)
    try file.close()
    return highlights
  }
}
