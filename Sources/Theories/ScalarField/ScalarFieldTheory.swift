internal import Lattice
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import ScalarField
internal import Stages
internal import Values

/// The scalar field in manifests.
enum ScalarFieldTheory: Theory {
  static let variant = GroupSchema.Variant(
    "scalar-field", version: 2, "One real number per site with a quartic potential: lattice phi^4.",
    fields: [
      FieldSchema(
        "lattice", .list(of: .integer(2...128), count: 1...4), unit: "sites",
        "extents of the lattice, one to four of them"),
      FieldSchema(
        "convention", .choice(ScalarCouplings.Convention.allCases.map(\.rawValue)),
        default: .text("kappa"),
        "how the action is written; `slmc plan` prints the couplings in the others "
          + "(docs/scalar-field.md)"),
      FieldSchema(
        "massSquared", .number(.finite), symbol: "$m^2$", default: .null,
        "m^2, for all conventions but hopping; negative in the broken phase"),
      FieldSchema(
        "lambda", .number(.nonNegative), symbol: "$\\lambda$", "lambda, the coupling of phi^4"),
      FieldSchema(
        "kappa", .number(.positive), symbol: "$\\kappa$", default: .number(1),
        "kappa, not for the convention plain"),
    ],
    example: [
      "system": ["lattice": "[8, 8]", "massSquared": "0.5", "lambda": "0.1"],
      "model": ["kind": "free-field", "shells": "1"],
    ])

  static let models: [any ModelEntry.Type] = [FreeFieldEntry.self]

  static func makeSystem(_ parameters: Record) throws -> ScalarFieldSystem {
    let convention =
      ScalarCouplings.Convention(rawValue: parameters["convention"]?.text ?? "") ?? .kappa
    let (mass, kappa) = (parameters["massSquared"]?.number, parameters["kappa"]?.number ?? 1)
    if (mass == nil) != (convention == .hopping) {
      throw StageFailure(
        mass == nil
          ? "`system` needs `massSquared`: m^2 of the convention \(convention.rawValue)"
          : "system.massSquared: the convention hopping has none, only kappa and lambda")
    }
    if convention == .plain, kappa != 1 {
      throw StageFailure("system.kappa: the convention plain has none")
    }
    return try ScalarFieldSystem(
      extents: parameters.integers("lattice"), convention: convention, massSquared: mass ?? 0,
      lambda: parameters["lambda"]?.number ?? .nan, kappa: kappa)
  }

  static func remarks(on system: ScalarFieldSystem) -> [String] {
    ScalarCouplings.Convention.allCases.compactMap { convention in
      guard let same = system.couplings.equivalent(in: convention) else { return nil }
      let numbers = [
        same.massSquared.map { "massSquared \(rounded($0))" }, "lambda \(rounded(same.lambda))",
        same.kappa.map { "kappa \(rounded($0))" },
      ]
      return "\(convention.rawValue): \(numbers.compactMap { $0 }.joined(separator: ", ")), "
        + "field times \(rounded(same.scale))"
    }
  }

  /// Six digits, for people.
  private static func rounded(_ number: Double) -> Double { (number * 1e6).rounded() / 1e6 }

  static let instruments = [
    Instrument<ScalarFieldSystem>(
      GroupSchema.Variant(
        "correlator", "Two-point function at zero momentum against the distance along an axis.",
        fields: [
          FieldSchema("axis", .integer(0...3), default: .integer(0), "along which axis")
        ])
    ) { system, measure in
      let axis = measure["axis"]?.integer ?? 0
      guard axis < system.lattice.dimension else {
        throw StageFailure(
          "measure.axis is \(axis), but there are \(system.lattice.dimension) axes")
      }
      return ScalarCorrelator(system, axis: axis)
    }
  ]

  static let weightDefinition = "ln W = -S"

  static let samplers = [
    Sampler<ScalarFieldSystem>(
      GroupSchema.Variant("metropolis", "Uniform steps of one number after the other."),
      cost: { system, _ in cost(system) }
    ) { system, _, start, random in
      MetropolisUpdater(
        ScalarFieldAction(system), width: system.stepWidth, start: start, random: random)
    },
    Sampler<ScalarFieldSystem>(
      GroupSchema.Variant(
        "hmc", "Hybrid Monte Carlo; a sweep is a trajectory.",
        fields: [
          FieldSchema("trajectorySteps", .count, default: .integer(8), "steps of a trajectory"),
          FieldSchema(
            "integrator", .choice(Integrator.all.map(\.name)), default: .text("leapfrog"),
            "how a step is made"),
        ]),
      cost: { system, exact in
        let one = cost(system)
        return Cost(
          multiplications: Double(exact["trajectorySteps"]?.integer ?? 8) * one.multiplications,
          bytes: 3 * one.bytes)
      }
    ) { system, exact, start, random in
      HybridUpdater(
        system, steps: exact["trajectorySteps"]?.integer ?? 8,
        integrator: Integrator.all.first { $0.name == exact["integrator"]?.text } ?? .leapfrog,
        start: start, random: random)
    },
  ]

  /// The field, its proposal, its neighbours.
  private static func cost(_ system: ScalarFieldSystem) -> Cost {
    let sites = Double(system.lattice.sites)
    return Cost(
      multiplications: sites, bytes: 8 * sites * (2 + 2 * Double(system.lattice.dimension)))
  }
}
