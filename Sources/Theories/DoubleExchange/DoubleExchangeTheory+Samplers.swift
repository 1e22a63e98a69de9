internal import DoubleExchange
internal import Manifest
internal import MonteCarlo
internal import Stages
internal import Values

extension DoubleExchangeTheory {
  static let samplers = [fast, naive, hybrid, replicaExchange]

  private static let fast = sampler(
    "fast", "Single-spin updates on Green functions, without a diagonalisation each.",
    fields: [mix, refreshInterval])

  private static let naive = sampler(
    "naive", "Single-spin updates with a diagonalisation each: the slow oracle.", fields: [mix])

  private static let hybrid = sampler(
    "hmc", version: 2, "Hybrid Monte Carlo with exact forces; a sweep is a trajectory.",
    fields: [
      FieldSchema("trajectorySteps", .count, default: .integer(8), "steps of a trajectory"),
      FieldSchema(
        "integrator", .choice(Integrator.all.map(\.name)), default: .text("leapfrog"),
        "how a step is made"),
    ])

  private static let replicaExchange = sampler(
    "replica-exchange", "Fast chains at several temperatures that exchange configurations.",
    fields: [
      mix, refreshInterval,
      FieldSchema(
        "temperatures", .list(of: .number(.positive), count: 0...64), unit: "t",
        default: .list([]), "further temperatures, ascending"),
      FieldSchema(
        "exchangeInterval", .count, unit: "sweeps", default: .integer(4),
        "sweeps between attempts to exchange"),
    ])

  private static let mix = FieldSchema(
    "mix", .list(of: .number(.nonNegative), count: 3...3),
    default: .list([.number(1), .number(0), .number(0)]),
    "shares of fresh, rotated and reflected proposals")

  private static let refreshInterval = FieldSchema(
    "refreshInterval", .count, unit: "sweeps", default: .integer(16),
    "sweeps between refreshes of the Green functions from a diagonalisation")

  private static func sampler(
    _ name: String, version: Int = 1, _ summary: String, fields: [FieldSchema]
  ) -> Sampler<DoubleExchangeSystem> {
    Sampler(
      GroupSchema.Variant(name, version: version, summary, fields: fields),
      cost: { samplingCost(settings($1), $0) }, check: { try settings($1).check(on: $0) }
    ) { system, exact, start, random in
      try settings(exact).makeUpdater(of: system, start: start, random: random)
    }
  }

  private static func settings(_ exact: Record) -> ExactChainSettings {
    var settings = ExactChainSettings()
    settings.method = ExactMethod(rawValue: exact["method"]?.text ?? "") ?? .fast
    settings.refreshInterval = exact["refreshInterval"]?.integer ?? 16
    settings.trajectorySteps = exact["trajectorySteps"]?.integer ?? settings.trajectorySteps
    settings.integrator =
      Integrator.all.first { $0.name == exact["integrator"]?.text } ?? .leapfrog
    settings.exchangeInterval = exact["exchangeInterval"]?.integer ?? settings.exchangeInterval
    settings.temperatures = exact.numbers("temperatures")
    let mix = exact.numbers("mix")
    if mix.count == 3 {
      settings.mix = ProposalMix(fresh: mix[0], rotation: mix[1], reflection: mix[2])
    }
    return settings
  }
}
