internal import Lattice
internal import Manifest
internal import Models
internal import MonteCarlo
internal import Pipeline
internal import Values

/// Work of each kind of job in multiplications, roughly: only ratios within one manner count, and
/// rates are measured. What is left out here costs a wrong prediction and nothing else.

func exactEffort(_ outline: JobOutline, _ book: TheoryBook) -> Effort? {
  guard let system = outline.parameters["system"]?.record,
    let exact = outline.parameters["exact"]?.record, let length = outline.length,
    let theory = try? book.theory(of: system),
    let sweep = try? theory.samplingCost(system, exact: exact),
    let method = try? theory.method(exact)
  else { return nil }
  let sweeps = number(exact["thermalisation"], 0) + Double(length) * number(exact["stride"], 1)
  return Effort(
    manner: manner("exact-samples", system, method),
    amount: sweeps * sweep.multiplications * number(exact["replicas"], 1))
}

func trainingEffort(_ outline: JobOutline, _ book: TheoryBook) -> Effort? {
  guard let system = outline.parameters["system"]?.record,
    let architecture = outline.parameters["model"]?.record,
    let training = outline.parameters["training"]?.record,
    let (model, energy) = counted(architecture, system, book)
  else { return nil }
  let samples = outline.inputs.values.reduce(0.0) { sum, input in
    let chain = input.parameters["exact"] ?? input.parameters["chain"]
    return sum + number(chain?["replicas"], 1) * Double(input.length ?? 0)
  }
  let method = TrainingMethod.chosen(for: model, training)
  let unknowns = Double(model.parameters.values.count)
  let perSample =
    switch method {
    case .adamW: 3 * energy * Double(training["epochs"]?.integer ?? 100)
    case .levenbergMarquardt:
      (3 * energy + unknowns * unknowns) * Double(training["iterations"]?.integer ?? 60)
    case .auto, .leastSquares: energy + unknowns * unknowns
    }
  // Layers are added one by one: on average half of them are there.
  let layers = Double(architecture["layers"]?.integer ?? 1)
  let depths = training["grow"]?.boolean == false ? 1 : (layers + 1) / 2
  let starts = Double(training["starts"]?.integer ?? 1)
  return Effort(
    manner: manner("train-model", system, model.kind, method.rawValue),
    amount: samples * perSample * depths * starts)
}

func selfLearningEffort(_ outline: JobOutline, _ book: TheoryBook) -> Effort? {
  guard let system = outline.parameters["system"]?.record,
    let chain = outline.parameters["chain"]?.record, let length = outline.length,
    let architecture = outline.inputs["model"]?.parameters["model"]?.record,
    let (model, energy) = counted(architecture, system, book),
    let weight = try? book.theory(of: system).weightCost(of: system)
  else { return nil }
  let screens = outline.inputs.keys.filter { $0 != "model" }.sorted()
  let screen = screens.first.flatMap { outline.inputs[$0]?.parameters["model"]?.record }
  let walker = screen.flatMap { counted($0, system, book)?.energy } ?? energy
  let tests = (chain["screenLengths"]?.list ?? []).reduce(1) { $0 * number($1, 1) }
  let sweeps = number(chain["innerSweeps"], 16)
  let perProposal =
    weight.multiplications + tests * (sweeps * 4 * walker + (screens.isEmpty ? 0 : energy))
  let proposals = number(chain["thermalisation"], 0) + Double(length) * number(chain["stride"], 1)
  return Effort(
    manner: manner(
      "self-learning-chain", system, model.kind, screen?["kind"]?.text ?? "",
      chain["inner"]?.text ?? ""),
    amount: proposals * number(chain["replicas"], 1) * perProposal)
}

/// An untrained model with the multiplications of its energy.
private func counted(
  _ architecture: Record, _ system: Record, _ book: TheoryBook
) -> (model: any TrainableModel, energy: Double)? {
  guard let system = try? book.makeSystem(system),
    let model = try? book.makeModel(architecture, for: system)
  else { return nil }
  return (model, Double(model.multiplications(on: system.lattice)))
}

/// Lengths go up to the largest integer, and products of them beyond it.
private func number(_ value: Value?, _ fallback: Int) -> Double {
  Double(value?.integer ?? fallback)
}

private func manner(_ kind: String, _ system: Record, _ details: String...) -> String {
  ([kind, system["kind"]?.text ?? ""] + details).joined(separator: " ")
}
