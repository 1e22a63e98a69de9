internal import Lattice
internal import Models
internal import MonteCarlo
internal import Pipeline
internal import Values

/// Bytes of memory and disk of each kind of job. Memory is what the parts allocate, counted; the few
/// measured factors are named. docs/experiments.md compares with what jobs took.

func exactFootprint(_ outline: JobOutline, _ book: TheoryBook) -> Footprint? {
  guard let system = outline.parameters["system"]?.record,
    let exact = outline.parameters["exact"]?.record, let length = outline.length,
    let theory = try? book.theory(of: system), let shape = try? theory.anySystem(system).shape,
    let cost = try? theory.samplingCost(system, exact: exact),
    let observables = try? theory.recorded(system, exact: exact)
  else { return nil }
  let numbers = observables.count { $0.shape.isEmpty }
  let arrays = observables.reduce(-numbers) { $0 + $1.width }
  let field = exact["recordSpins"]?.boolean != false ? shape.count : 0
  // ln W and the acceptance.
  return ChainRows(length, exact, numbers: 2 + numbers, fields: field + arrays)
    .footprint(workspace: cost.bytes)
}

func selfLearningFootprint(_ outline: JobOutline, _ book: TheoryBook) -> Footprint? {
  guard let system = outline.parameters["system"]?.record,
    let chain = outline.parameters["chain"]?.record, let length = outline.length,
    let theory = try? book.theory(of: system), let made = try? theory.anySystem(system),
    let cost = try? theory.weightCost(of: system)
  else { return nil }
  let fields = chain["recordSpins"]?.boolean == true ? made.shape.count : 0
  // ln W and ln W_eff, decision, log ratio, inner acceptance, inner steps, exact evaluations.
  return ChainRows(length, chain, numbers: 7 + made.observables.count, fields: fields)
    .footprint(workspace: cost.bytes)
}

func trainingFootprint(_ outline: JobOutline, _ book: TheoryBook) -> Footprint? {
  guard let system = outline.parameters["system"]?.record,
    let architecture = outline.parameters["model"]?.record,
    let training = outline.parameters["training"]?.record,
    let theory = try? book.makeSystem(system),
    let model = try? book.makeModel(architecture, for: theory)
  else { return nil }
  let samples = outline.inputs.values.reduce(0.0) { $0 + rowCount($1) }
  let unknowns = Double(model.parameters.values.count)
  let numbers = Double(theory.shape.count)
  // The file's copy, the set, a chain's copy on the way; forces are one more of the field's size.
  let copies = 3 + (training["forceWeight"]?.number ?? 0 > 0 ? 2.0 : 0)
  let equations =
    switch TrainingMethod.chosen(for: model, training) {
    // The design matrix and its decomposition.
    case .auto, .leastSquares: 2 * samples * unknowns
    // Normal matrix, its damped copy, its factor.
    case .levenbergMarquardt: 3 * unknowns * unknowns
    case .adamW: 6 * unknowns
    }
  return Footprint(
    memory: processBytes + 8 * (copies * samples * numbers + equations),
    disk: 10_000 + 16 * unknowns)
}

func analysisFootprint(_ outline: JobOutline, _ book: TheoryBook) -> Footprint? {
  let rows = outline.inputs.values.reduce(0.0) { $0 + rowCount($1) }
  let system = outline.inputs.values.compactMap { $0.parameters["system"]?.record }.first
  let observables = system.flatMap { try? book.makeSystem($0) }?.observables.count
  // A series, its padded transforms and what HDF5 keeps: measured, some 32 numbers a row; and on disk
  // mean, costs and correlations of each observable.
  return Footprint(
    memory: processBytes + 5e6 + 8 * 32 * rows,
    disk: observables.map { 21_000 + 4300 * Double($0) })
}

/// A worker that does nothing yet, with its libraries; measured.
let processBytes = 31e6

/// Rows of a chain, of all replicas.
func rowCount(_ input: JobOutline.Input) -> Double {
  let chain = (input.parameters["exact"] ?? input.parameters["chain"])?.record
  return Double(chain?["replicas"]?.integer ?? 1) * Double(input.length ?? 0)
}

/// What a chain keeps of all its steps.
private struct ChainRows {
  let count: Double
  let replicas: Double
  let numbers: Double
  let fields: Double
  private let times = Double(2 * ChainPart.allCases.count)

  init(_ length: Int, _ chain: Record, numbers: Int, fields: Int) {
    replicas = Double(chain["replicas"]?.integer ?? 1)
    count = Double(length) * replicas
    self.numbers = Double(numbers)
    self.fields = Double(fields)
  }

  /// - Parameter workspace: of one replica.
  func footprint(workspace: Double) -> Footprint {
    // The rows themselves, and twice more while they are written, to a checkpoint or by columns.
    let memory = processBytes + replicas * workspace + 3 * 8 * count * (numbers + fields + times)
    // Deflate leaves these parts of observables, fields and times; a column has its heading. Measured.
    let disk = 8 * count * (0.8 * numbers + 0.88 * fields + 0.32 * times)
    return Footprint(memory: memory, disk: disk + 7000 + 520 * (numbers + times))
  }
}
