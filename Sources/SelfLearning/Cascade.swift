internal import MonteCarlo
internal import Randomness

/// The walkers of all effective models, one on top of the other, the cheapest at the bottom.
struct Cascade {
  /// Moves with the inner algorithm; its length is the inner length.
  let bottom: any Walker
  /// Proposes to the exact weight.
  let top: any Walker
  /// Inner steps per proposal for each step of `bottom.length`.
  let repeats: Int

  init(
    system: any PhysicalSystem, models: [any EffectiveModel],
    parameters: SelfLearningParameters, from field: Field
  ) throws(FieldError) {
    try parameters.validate(models: models.count)
    let temperature = system.temperature
    guard temperature > 0, temperature.isFinite else {
      throw FieldError("the temperature must be positive, not \(temperature)")
    }
    var energies: [any EffectiveEnergy] = []
    for model in models { energies.append(try model.makeEnergy(on: system.lattice)) }
    switch parameters.inner {
    case .local(let overrelaxation):
      bottom = try LocalWalker(
        energies[0], from: field, temperature: temperature, overrelaxation: overrelaxation)
    case .hamiltonian(let steps):
      bottom = HamiltonianWalker(
        energies[0], from: field, temperature: temperature, leapfrogSteps: steps,
        space: system.space)
    }
    var top = bottom
    var repeats = 1
    for (level, energy) in energies.dropFirst().enumerated() {
      let length = level < parameters.screenLengths.count ? parameters.screenLengths[level] : 1
      top = ScreeningWalker(over: top, energy, temperature: temperature, length: length)
      repeats *= length
    }
    self.top = top
    self.repeats = repeats
  }
}
