internal import Artifacts
internal import HDF5
internal import Manifest
internal import MonteCarlo
public import Pipeline
internal import Randomness
public import Values

/// Configurations of the exact ensemble, with ln W and observables.
public struct ExactSamplesStage: StageKind {
  public static let declaration = StageDeclaration(
    "exact-samples", version: 1,
    "Draws configurations of the exact ensemble by Markov chains on the exact weight.",
    groups: [systemGroup, exactGroup],
    layout: [
      .init("/chain/logWeight", shape: "replicas, steps", "ln W of the configuration"),
      .init("/chain/spins", shape: "replicas, steps, N, components", "the configuration"),
      .init("/chain/OBSERVABLE", shape: "replicas, steps", "each observable of the system"),
      .init("/chain/acceptance", shape: "replicas, steps", "accepted share of the proposals"),
      .init("/goal/NAME", shape: "looks", "lengths, mean, error at each look (with `until`)"),
      .init("/timing/NAME", shape: "replicas, steps", unit: "s", "times of each part"),
      .init(
        "/diagnostics/NAME", shape: "replicas",
        "tuned widths, worst drift, diagonalisations per row"),
    ], isStochastic: true, effort: exactEffort, footprint: exactFootprint)

  static let exactGroup = GroupSchema(
    "exact", "How exact samples are drawn.",
    fields: [
      FieldSchema(
        "samples", .count, role: .length, "rows per replica; more extends the cached chain"),
      ConvergenceTarget.field,
      FieldSchema(
        "replicas", .integer(1...1024), default: .integer(4), "independent chains"),
      FieldSchema("replica", .natural, default: .integer(0), "another number, another stream"),
      FieldSchema(
        "thermalisation", .natural, unit: "sweeps", default: .integer(200),
        "sweeps before the first row; proposal widths are tuned here and then frozen"),
      FieldSchema(
        "stride", .count, unit: "sweeps", default: .integer(5), "sweeps between rows"),
      FieldSchema(
        "method", .choice(["naive", "fast", "hmc", "replica-exchange"]), default: .text("fast"),
        "single-spin updates with a diagonalisation each (naive) or without (fast), exact HMC, or "
          + "replica exchange in temperature"),
      FieldSchema(
        "mix", .list(of: .number(.nonNegative), count: 3...3),
        default: .list([.number(1), .number(0), .number(0)]),
        "shares of fresh, rotated and reflected proposals"),
      FieldSchema(
        "refreshInterval", .count, unit: "sweeps", default: .integer(16),
        "sweeps between refreshes of the Green functions from a diagonalisation"),
      FieldSchema(
        "trajectorySteps", .count, default: .integer(8), "leapfrog steps of an HMC trajectory"),
      FieldSchema(
        "temperatures", .list(of: .number(.positive), count: 0...64), unit: "energy",
        default: .list([]), "further temperatures of the replica exchange, ascending"),
      FieldSchema(
        "exchangeInterval", .count, unit: "sweeps", default: .integer(4),
        "sweeps between attempts of the replica exchange"),
      FieldSchema(
        "recordStructureFactor", .boolean, default: .boolean(false), "keep S(q) at every q"),
      FieldSchema(
        "densityOfStatesBins", .integer(0...100_000), default: .integer(0),
        "bins of the histogram of one-particle levels kept with every row; 0 for none"),
      FieldSchema(
        "recordSpins", .boolean, default: .boolean(true), "keep the configurations for training"),
    ])

  public init() {}

  public func misfits(in parameters: Record) -> [Misfit] {
    ConvergenceTarget.misfits(in: parameters, group: "exact", also: ["acceptance"])
  }

  public func problems(in parameters: Record) -> [String] {
    guard let system = parameters["system"]?.record, let exact = parameters["exact"]?.record else {
      return []
    }
    do {
      try systemEntry(for: system).checkExact(system, exact: exact)
      return []
    } catch {
      return ["\(error)"]
    }
  }

  public func run(_ job: Job) throws -> Record {
    guard let system = job.parameters["system"]?.record,
      let exact = job.parameters["exact"]?.record, let length = job.recipe.length
    else { throw StageFailure("the system or the chain is not described") }
    let entry = try systemEntry(for: system)
    let streams = RandomStream(key: job.stream.key, nonce: job.stream.nonce)
    let chains = try (0..<(exact["replicas"]?.integer ?? 1)).map { replica in
      try entry.makeExactChain(
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
