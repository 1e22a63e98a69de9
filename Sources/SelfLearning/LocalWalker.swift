internal import MonteCarlo
internal import Randomness

/// Walks with the sweeps of the model's local sampler.
final class LocalWalker: Walker {
  private let energy: any EffectiveEnergy
  private let sampler: any LocalSampler
  private let reflector: (any OverrelaxingSampler)?
  private let temperature: Double
  private let overrelaxation: Int
  private(set) var field: Field
  private(set) var logWeight: Double
  var length = 1

  init(
    _ energy: any EffectiveEnergy, from field: Field, temperature: Double, overrelaxation: Int
  ) throws(FieldError) {
    self.energy = energy
    self.temperature = temperature
    self.overrelaxation = overrelaxation
    sampler = energy.makeLocalSampler(from: field, temperature: temperature)
    reflector = sampler as? any OverrelaxingSampler
    guard overrelaxation == 0 || reflector != nil else {
      throw FieldError("this effective model has no over-relaxation: use plain sweeps")
    }
    self.field = field
    logWeight = -energy.energy(field) / temperature
  }

  var step: Double? {
    get { sampler.step }
    set { sampler.step = newValue }
  }

  func reset(to field: Field) {
    self.field = field
    sampler.reset(to: field)
    logWeight = -energy.energy(field) / temperature
  }

  func walk(using random: inout RandomStream) -> Walk {
    let before = logWeight
    var accepted = 0.0
    var sweeps = 0
    for _ in 0..<length {
      if let reflector, overrelaxation > 0, random.index(below: overrelaxation + 1) > 0 {
        reflector.overrelax(using: &random)
      } else {
        accepted += sampler.sweep(using: &random)
        sweeps += 1
      }
    }
    field = sampler.field
    logWeight = -energy.energy(field) / temperature
    return Walk(
      acceptance: sweeps > 0 ? accepted / Double(sweeps) : 1, logCorrection: -(logWeight - before))
  }
}
