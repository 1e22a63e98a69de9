internal import Artifacts
internal import HDF5
internal import Lattice
internal import Learning
internal import Manifest
internal import Models
internal import MonteCarlo
public import Pipeline
internal import Randomness
public import Values

/// Fits an effective model to exact samples.
public struct TrainModelStage: StageKind {
  /// What `slmc explain train-model` shows.
  public let declaration: StageDeclaration
  private let book: TheoryBook

  init(_ book: TheoryBook) {
    self.book = book
    declaration = StageDeclaration(
      "train-model", version: 1,
      "Fits an effective model to ln W of exact samples; judged on chains it did not see.",
      groups: [book.systemGroup, book.modelGroup, Self.trainingGroup],
      inputs: [
        .init("samples", from: ChainKinds.sampled, "exact samples"),
        .init(
          "start", from: ["train-model"], isOptional: true,
          "a model to go on from, also one of another lattice"),
      ]
        + Self.moreSamples.map {
          .init(
            $0, from: ChainKinds.sampled, isOptional: true, "further samples of the same system")
        },
      layout: [
        .init("/model/parameters", "all trainable numbers; the architecture is an attribute"),
        .init("/model/named/NAME", "the same by name"),
        .init(
          "/results/residualSigma", symbol: AnalysisNames.residualSigma.symbol,
          "spread of ln W - ln W_eff on held-out chains"),
        .init(
          "/results/acceptancePredicted", symbol: AnalysisNames.acceptancePredicted.symbol,
          "erfc(sigma/2)"),
        .init(
          "/results/NAME", "with recordWork: parameters, residualVariance, energyWork, trainingWork"
        ),
        .init("/learning/trainingError", shape: "points", "mean squared residual by step"),
        .init("/learning/heldOutError", shape: "points", "the same on held-out chains"),
      ], samplerResults: ["residualSigma", "acceptancePredicted"], isStochastic: true,
      effort: { trainingEffort($0, book) }, footprint: { trainingFootprint($0, book) })
  }

  private static let moreSamples = ["more", "more2", "more3", "more4"]

  private static let trainingGroup = GroupSchema(
    "training", "How a model is fitted.",
    fields: [
      FieldSchema(
        "heldOut", .number(Interval(0, 1, includesLowest: false, includesHighest: false)),
        default: .number(0.25), "share of the chains kept for judging the fit"),
      FieldSchema(
        "method", .choice(TrainingMethod.allCases.map(\.rawValue)), default: .text("auto"),
        "auto: least squares for linear models, Levenberg-Marquardt up to 600 parameters, AdamW "
          + "beyond"),
      FieldSchema(
        "grow", .boolean, default: .boolean(true),
        "attention: train one layer, add one that starts at the identity, and so on"),
      FieldSchema(
        "starts", .integer(1...100), default: .integer(1),
        "random starts within one training; the best counts"),
      FieldSchema(
        "iterations", .count, default: .integer(60), "most Levenberg-Marquardt iterations per depth"
      ),
      FieldSchema("epochs", .count, default: .integer(100), "most epochs of AdamW"),
      FieldSchema("batch", .count, default: .integer(256), "samples per AdamW step"),
      FieldSchema("rate", .number(.positive), default: .number(2e-3), "largest rate of AdamW"),
      FieldSchema(
        "weightDecay", .number(.nonNegative), default: .number(1e-4), "decoupled decay of AdamW"),
      FieldSchema(
        "patience", .count, default: .integer(12),
        "steps without a better held-out error before stopping"),
      FieldSchema(
        "rotates", .boolean, default: .boolean(false),
        "AdamW: turns every sample by a random element of O(3) each time it is used"),
      FieldSchema(
        "forceWeight", .number(.nonNegative), default: .number(0),
        "weight of the forces in the loss, the squared gradient of ln W - ln W_eff; 1/4 makes them "
          + "count as much as ln W, 0 leaves them out (not for least-squares)"),
      FieldSchema(
        "forceDirections", .integer(1...64), default: .integer(4),
        "Levenberg-Marquardt: random directions per sample along which forces are compared"),
      FieldSchema(
        "recordWork", .boolean, default: .boolean(false),
        "adds the parameters, the residual variance and the counted work to the results"),
      FieldSchema(
        "replica", .natural, default: .integer(0),
        "another number, another training on the same samples: other random starts and orders; as "
          + "an axis of a sweep it shows what depends on the training"),
    ])

  public func resultNames(of job: JobOutline) -> Set<String>? {
    [
      "residualSigma", "acceptancePredicted", "parameters", "residualVariance", "energyWork",
      "trainingWork",
    ]
  }

  public func problems(in parameters: Record) -> [String] {
    guard let system = parameters["system"]?.record, let model = parameters["model"]?.record else {
      return []
    }
    do {
      _ = try book.makeModel(model, for: try book.makeSystem(system))
      return []
    } catch {
      return ["\(error)"]
    }
  }

  public func run(_ job: Job) throws -> Record {
    guard let systemGroup = job.parameters["system"]?.record,
      let architecture = job.parameters["model"]?.record,
      let training = job.parameters["training"]?.record, let samples = job.inputs["samples"]
    else { throw StageFailure("the system, the model or the samples are not described") }
    let system = try book.makeSystem(systemGroup)
    let others = Self.moreSamples.compactMap { job.inputs[$0] }
    var set = try SampleCollection(systemGroup, system).read([samples] + others)
    if training["forceWeight"]?.number ?? 0 > 0 { try set.addForces(of: system.makeAction()) }
    let entry = try book.modelEntry(for: architecture)
    let complete = try entry.completed(architecture, for: systemGroup)
    let start = try job.inputs["start"].map { try ModelFile.read($0.data, book) }
    if let start {
      try Self.check(start, is: architecture, by: entry)
      try checkFields(of: start.model, for: system)
    }
    let model = try start?.model ?? book.makeModel(complete, for: system)
    let random = RandomStream(key: job.stream.key, nonce: job.stream.nonce)
    var run = TrainingRun(job, settings: training, set: set, random: random)
    let outcome = try run.train(model, isStarted: start != nil)
    let file = try HDF5File.artifact(for: job)
    try ModelFile.write(
      outcome.model, architecture: start?.architecture ?? complete,
      lattice: start?.lattice ?? system.lattice, temperature: system.temperature,
      continuedOn: start.map { _ in system.lattice }, to: file)
    try Self.write(outcome, to: file)
    if training["recordWork"]?.boolean == true {
      try Self.writeWork(outcome, on: system.lattice, training: run.work, to: file)
    }
    try file.close()
    return [
      "residualSigma": .number(outcome.residualSigma),
      "acceptancePredicted": .number(outcome.predictedAcceptance),
    ]
  }

  /// The model that a training goes on with must be the one that the manifest describes; numbers of
  /// shells written `all` are those of its first lattice.
  private static func check(
    _ start: ModelFile.Stored, is architecture: Record, by entry: any ModelEntry.Type
  ) throws {
    for field in entry.variant.fields {
      // A model that was stored before the field existed is the one at its default.
      let wanted = architecture[field.name] ?? field.fallback
      let stored = start.architecture[field.name] ?? field.fallback
      guard start.architecture["kind"] == architecture["kind"], wanted == stored else {
        throw StageFailure(
          "the model to go on from is another one: its `\(field.name)` is "
            + "\(stored?.json() ?? "missing"), the manifest's is \(wanted?.json() ?? "missing")")
      }
    }
  }

  private static func writeWork(
    _ outcome: TrainingOutcome, on lattice: Torus, training: Double, to file: HDF5File
  ) throws {
    let model = outcome.model
    let numbers: [(String, Double, String)] = [
      ("parameters", Double(model.parameters.values.count), "trainable numbers"),
      (
        "residualVariance", outcome.residualSigma * outcome.residualSigma,
        "variance of ln W - ln W_eff on chains the fit did not see"
      ),
      (
        "energyWork", Double(model.multiplications(on: lattice)), "multiplications of one energy"
      ),
      ("trainingWork", training, "multiplications of the whole training"),
    ]
    for (name, value, summary) in numbers {
      try file.write([value], to: "/results/\(name)", shape: [])
      try file.describe("/results/\(name)", unit: "1", summary: summary)
    }
  }

  private static func write(_ outcome: TrainingOutcome, to file: HDF5File) throws {
    try file.write([outcome.residualSigma], to: "/results/residualSigma", shape: [])
    try file.describe(
      "/results/residualSigma", symbol: AnalysisNames.residualSigma.symbol, unit: "1",
      summary: "standard deviation of ln W - ln W_eff on chains the fit did not see")
    try file.write([outcome.predictedAcceptance], to: "/results/acceptancePredicted", shape: [])
    try file.describe(
      "/results/acceptancePredicted", symbol: AnalysisNames.acceptancePredicted.symbol, unit: "1",
      summary: "erfc(sigma/2), the acceptance of independent Gaussian proposals")
    let curve = outcome.learningCurve
    try file.write(curve.map(\.step), to: "/learning/step")
    try file.write(curve.map(\.trainingError), to: "/learning/trainingError")
    try file.write(curve.map(\.heldOutError), to: "/learning/heldOutError")
  }
}
