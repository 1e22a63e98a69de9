internal import MonteCarlo
internal import Randomness

/// The heat bath as the sampler of the linear model. Sites are visited up or down at random, so that a sweep
/// is its own time reversal, which the exact test asks for.
final class PlanarSampler: LocalSampler {
  private let model: PlanarLinearEnergy
  private let bonds: PlanarSpinAction
  private let strength: Double
  private(set) var field: Field

  init(
    _ model: PlanarLinearEnergy, _ bonds: PlanarSpinAction, from field: Field, temperature: Double
  ) {
    self.model = model
    self.bonds = bonds
    strength = model.parameters[1] / temperature
    self.field = field
  }

  var energy: Double { model.energy(field) }

  func reset(to field: borrowing Field) { self.field = copy field }

  /// There is no width to tune.
  var step: Double? {
    get { nil }
    set {}
  }

  func sweep(using random: inout RandomStream) -> Double {
    let ascending = random.next() & 1 == 0
    for n in 0..<field.places {
      let site = ascending ? n : field.places - 1 - n
      field.draw(site, in: strength * bonds.surroundings(of: site, in: field), using: &random)
    }
    return 1
  }
}
