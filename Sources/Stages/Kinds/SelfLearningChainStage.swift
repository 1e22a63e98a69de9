internal import Artifacts
internal import FileSystem
internal import HDF5
internal import Lattice
internal import Manifest
internal import MonteCarlo
public import Pipeline
internal import Randomness
internal import SelfLearning
public import Values

/// Self-learning Monte Carlo with a frozen model: cheap proposals, one exact test each.
public struct SelfLearningChainStage: StageKind {
  /// What `slmc explain self-learning-chain` shows.
  public let declaration: StageDeclaration
  private let book: TheoryBook

  init(_ book: TheoryBook) {
    self.book = book
    declaration = StageDeclaration(
      "self-learning-chain", version: 1,
      "Samples the exact ensemble by long walks in a frozen effective model and one exact test each.",
      groups: [book.systemGroup, Self.chainGroup],
      inputs: [
        .init("model", from: ["train-model"], "the model that proposes to the exact weight"),
        .init(
          "screen", from: ["train-model"], isOptional: true, isList: true,
          "cheaper models that screen proposals for `model`, cheapest first (delayed acceptance)"),
      ],
      layout: [
        .init("/chain/logWeight", shape: "replicas, steps", "ln W after the exact test"),
        .init("/chain/logWeightEffective", shape: "replicas, steps", "ln W_eff of it"),
        .init("/chain/accepted", shape: "replicas, steps", "1 where the exact test accepted"),
        .init("/chain/OBSERVABLE", shape: "replicas, steps", "each observable of the system"),
        .init("/goal/NAME", shape: "looks", "lengths, mean, error at each look (with `until`)"),
        .init("/timing/NAME", shape: "replicas, steps", unit: "s", "times of each part"),
      ], isStochastic: true, effort: { selfLearningEffort($0, book) },
      footprint: { selfLearningFootprint($0, book) })
  }

  private static let chainGroup = GroupSchema(
    "chain", "How the self-learning chain runs.",
    fields: [
      FieldSchema(
        "proposals", .count, role: .length,
        "rows per replica, each after `stride` exact tests; more extends the cached chain"),
      ConvergenceTarget.field,
      FieldSchema("replicas", .integer(1...1024), default: .integer(4), "independent chains"),
      FieldSchema("replica", .natural, default: .integer(0), "another number, another stream"),
      FieldSchema(
        "innerSweeps", .either([.choice(["auto"]), .count]), default: .text("auto"),
        "inner steps per proposal; `auto` chooses the cheapest per independent sample while "
          + "thermalising, from declared costs and never from a clock, then freezes it"),
      FieldSchema(
        "innerCost", .number(.positive), default: .number(0.01),
        "declared cost of an inner step in exact evaluations, for `auto`"),
      FieldSchema(
        "innerMaximum", .count, default: .integer(256), "longest inner walk that `auto` tries"),
      FieldSchema(
        "screenLengths", .list(of: .count, count: 0...998), default: .list([]),
        "with `screen`: how many tests of each further model, cheapest first, make one step of the "
          + "next; 1 where the list is shorter"),
      FieldSchema(
        "inner", .choice(["local", "hmc"]), default: .text("local"),
        "sweeps of the model's own sampler, or hybrid Monte Carlo with its gradient"),
      FieldSchema(
        "overrelaxation", .natural, default: .integer(0),
        "reflection sweeps per local sweep, on average"),
      FieldSchema(
        "leapfrogSteps", .count, default: .integer(8), "leapfrog steps of an inner trajectory"),
      FieldSchema(
        "thermalisation", .natural, unit: "proposals", default: .integer(200),
        "proposals before the first row"),
      FieldSchema(
        "stride", .count, unit: "proposals", default: .integer(1),
        "proposals between rows; only recorded configurations are measured"),
      FieldSchema(
        "recordSpins", .boolean, default: .boolean(false), "keep the configurations"),
    ])

  public func misfits(in parameters: Record) -> [Misfit] {
    ConvergenceTarget.misfits(
      in: parameters, group: "chain", also: ["logWeightEffective", "accepted"], book)
  }

  public func run(_ job: Job) throws -> Record {
    guard let systemGroup = job.parameters["system"]?.record,
      let settings = job.parameters["chain"]?.record, let length = job.recipe.length,
      let model = job.inputs["model"]
    else { throw StageFailure("the system, the chain or the model is not described") }
    let system = try book.makeSystem(systemGroup)
    // A model of another lattice runs where it finds its shells; the artifact says so.
    let slots = job.inputs.keys.filter { $0.split(separator: ".").first == "screen" }.sorted()
    let stored = try (slots.compactMap { job.inputs[$0] } + [model]).map {
      try ModelFile.read($0.data, book)
    }
    let parameters = Self.parameters(settings)
    let streams = RandomStream(key: job.stream.key, nonce: job.stream.nonce)
    let chains = try (0..<(settings["replicas"]?.integer ?? 1)).map { replica in
      try SelfLearningChain(
        system: system, models: stored.map(\.model), parameters: parameters,
        random: streams.substream(UInt64(replica)), clock: ThreadClock.now)
    }
    var run = ChainRun(
      job, chains: chains, limit: length, target: ConvergenceTarget(settings))
    run.prepare = { for chain in chains { try chain.thermalise() } }
    let file = try HDF5File.artifact(for: job)
    let highlights = try run.write(to: file)
    for (slot, model) in zip(slots + ["model"], stored) where model.lattice != system.lattice {
      try file.setAttribute("\(slot)Lattice", model.lattice.extents, of: "/chain")
    }
    try file.close()
    return highlights
  }

  private static func parameters(_ settings: Record) -> SelfLearningParameters {
    var parameters = SelfLearningParameters()
    parameters.innerLength =
      settings["innerSweeps"]?.integer.map(InnerLength.fixed)
      ?? .automatic(
        relativeCost: settings["innerCost"]?.number ?? 0.01,
        maximum: settings["innerMaximum"]?.integer ?? 256)
    parameters.inner =
      settings["inner"]?.text == "hmc"
      ? .hamiltonian(leapfrogSteps: settings["leapfrogSteps"]?.integer ?? 8)
      : .local(overrelaxation: settings["overrelaxation"]?.integer ?? 0)
    parameters.screenLengths = (settings["screenLengths"]?.list ?? []).compactMap(\.integer)
    parameters.thermalisation = settings["thermalisation"]?.integer ?? 200
    parameters.proposalsPerRow = settings["stride"]?.integer ?? 1
    parameters.recordsField = settings["recordSpins"]?.boolean == true
    return parameters
  }
}
