internal import Artifacts
internal import EffectiveModels
internal import FileSystem
internal import HDF5
internal import Lattice
internal import Manifest
internal import MonteCarlo
public import Pipeline
internal import Randomness
internal import SelfLearning
public import Values

/// Fits an effective model to exact samples.
public struct TrainModelStage: StageKind {
  public static let declaration = StageDeclaration(
    "train-model", version: 1,
    "Fits an effective model to ln W of exact samples; judged on chains it did not see.",
    groups: [systemGroup, modelGroup, trainingGroup],
    inputs: [.init("samples", from: ["exact-samples", "self-learning-chain"], "exact samples")],
    layout: [
      .init("/model/parameters", "all trainable numbers; the architecture is an attribute"),
      .init("/model/named/NAME", "the same by name"),
      .init("/results/residualSigma", "spread of ln W - ln W_eff on held-out chains"),
      .init("/results/acceptancePredicted", "erfc(sigma/2)"),
      .init("/learning/trainingError", shape: "points", "mean squared residual by step"),
      .init("/learning/heldOutError", shape: "points", "the same on held-out chains"),
    ], samplerResults: ["residualSigma", "acceptancePredicted"], isStochastic: true)

  static let trainingGroup = GroupSchema(
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
        "starts", .integer(1...100), default: .integer(1), "random starts; the best counts"),
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
      FieldSchema("replica", .natural, default: .integer(0), "another number, another stream"),
    ])

  public init() {}

  public func problems(in parameters: Record) -> [String] {
    guard let system = parameters["system"]?.record, let model = parameters["model"]?.record else {
      return []
    }
    do {
      _ = try makeModel(model, for: try makeSystem(system))
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
    let system = try makeSystem(systemGroup)
    guard samples.metadata.parameters["system"] == .record(systemGroup) else {
      throw StageFailure("the samples are of another system than this stage's `system`")
    }
    let temperature = systemGroup["temperature"]?.number ?? 1
    let set = try Self.trainingSet(samples.data, system.lattice, temperature: temperature)
    let model = try makeModel(architecture, for: system)
    let random = RandomStream(key: job.stream.key, nonce: job.stream.nonce)
    var run = TrainingRun(job, settings: training, set: set, random: random)
    let outcome = try run.train(model)
    let file = try HDF5File.artifact(for: job)
    try ModelFile.write(
      outcome.model, architecture: architecture, lattice: system.lattice,
      temperature: temperature, to: file)
    try Self.write(outcome, to: file)
    try file.close()
    return [
      "residualSigma": .number(outcome.residualSigma),
      "acceptancePredicted": .number(outcome.predictedAcceptance),
    ]
  }

  static func trainingSet(
    _ path: Path, _ lattice: Torus, temperature: Double
  ) throws -> TrainingSet {
    let file = try HDF5File(opening: path.description)
    guard try file.exists("/chain/spins") else {
      throw StageFailure("the samples hold no configurations: set exact.recordSpins to true")
    }
    let shape = try file.shape(of: "/chain/spins")
    let spins = try file.doubles(at: "/chain/spins")
    let weights = try file.doubles(at: "/chain/logWeight")
    var set = TrainingSet(lattice: lattice, temperature: temperature, components: shape[3])
    let width = shape[2] * shape[3]
    for chain in 0..<shape[0] {
      let rows = (chain * shape[1])..<((chain + 1) * shape[1])
      try set.append(
        fields: Array(spins[(rows.lowerBound * width)..<(rows.upperBound * width)]),
        logWeights: Array(weights[rows]), chain: chain)
    }
    return set
  }

  private static func write(_ outcome: TrainingOutcome, to file: HDF5File) throws {
    try file.write([outcome.residualSigma], to: "/results/residualSigma", shape: [])
    try file.describe(
      "/results/residualSigma", unit: "1",
      summary: "standard deviation of ln W - ln W_eff on chains the fit did not see")
    try file.write([outcome.predictedAcceptance], to: "/results/acceptancePredicted", shape: [])
    try file.describe(
      "/results/acceptancePredicted", unit: "1",
      summary: "erfc(sigma/2), the acceptance of independent Gaussian proposals")
    let curve = outcome.learningCurve
    try file.write(curve.map(\.step), to: "/learning/step")
    try file.write(curve.map(\.trainingError), to: "/learning/trainingError")
    try file.write(curve.map(\.heldOutError), to: "/learning/heldOutError")
  }
}
