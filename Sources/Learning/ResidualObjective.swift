internal import Lattice
internal import Models
internal import MonteCarlo
internal import Randomness

/// The mean of (ln W - ln W_eff)^2 over exact samples, with the forces where they are fitted.
///
/// Plain Adam takes thousands of steps to find an offset of 10^3, so the linear parameters start from their
/// exact fit, and every epoch ends with fitting the offset again.
final class ResidualObjective: Objective {
  private let model: any TrainableModel
  private let energy: any BatchEnergy
  private let training: TrainingSet
  private let heldOut: TrainingSet
  private let settings: AdamWSettings
  private var batch: TrainingBatch
  private var order: [Int] = []
  /// Linear parameters have the unit of H_eff, whose natural size is T; the others have none.
  let units: [Double]

  init(
    _ model: any TrainableModel, on set: TrainingSet, _ settings: AdamWSettings
  ) throws(LearningError) {
    (training, heldOut) = try set.split(heldOut: settings.heldOut)
    let count = model.parameters.values.count
    guard training.count >= 2 * model.linearParameters.count, training.count >= settings.batch
    else { throw .tooFewSamples(samples: training.count, parameters: count) }
    self.model = model
    self.settings = settings
    var units = [Double](repeating: 1, count: count)
    for p in model.linearParameters { units[p] = set.temperature }
    self.units = units
    energy = try worker(of: model, on: set)
    batch = TrainingBatch(training, size: settings.batch)
    try LinearProjection.apply(
      ResidualEquations(energy, training, settings.forces), linear: model.linearParameters)
  }

  var parameters: [Double] {
    get { energy.parameters }
    set { energy.parameters = newValue }
  }

  var free: Set<Int> { Set([model.offsetParameter].compactMap { $0 }) }
  var batches: Int { training.count / settings.batch }

  func beginEpoch(using random: inout RandomStream) {
    order = random.permutation(of: training.count)
  }

  func addGradient(
    batch number: Int, using random: inout RandomStream, into gradient: inout [Double]
  ) {
    let members = order[(number * settings.batch)..<((number + 1) * settings.batch)]
    batch.gather(members, rotates: settings.rotates, using: &random)
    if let matching = settings.forces, batch.hasForces {
      batch.addGradient(of: energy, matching, into: &gradient)
    } else {
      batch.addGradient(of: energy, into: &gradient)
    }
  }

  /// The mean residual is taken off by the offset.
  func endEpoch() throws(LearningError) {
    guard let offset = model.offsetParameter else { return }
    let mean = Residuals(energy, on: training).mean
    guard mean.isFinite else { throw .notFinite }
    energy.parameters[offset] -= mean * training.temperature
  }

  func judge() -> (training: Double, heldOut: Double) {
    (Residuals(energy, on: training).meanSquare, Residuals(energy, on: heldOut).variance)
  }

  /// A gradient of every sample, or three with forces.
  var multiplications: Double {
    let passes = settings.forces == nil ? 1.0 : 3.0
    return 3 * passes * Double(training.count)
      * Double(model.multiplications(on: training.lattice))
  }
}
