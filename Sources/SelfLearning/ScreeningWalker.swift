internal import MonteCarlo
internal import Randomness

/// Walks in a better model by testing the proposals of a walker in a cheaper one.
///
/// Each step takes X -> X' from the walker below (in detailed balance with W_k) and accepts with
///     min(1, W_{k+1}(X') W_k(X) / (W_{k+1}(X) W_k(X'))),
/// so the steps are in detailed balance with W_{k+1} whatever W_k is (Christen and Fox 2005 for
/// one step per level; Liu 2001, "surrogate transition", for several).
final class ScreeningWalker: Walker {
  private let below: any Walker
  private let energy: any EffectiveEnergy
  private let temperature: Double
  private(set) var field: Field
  private(set) var logWeight: Double
  var length: Int

  init(
    over below: any Walker, _ energy: any EffectiveEnergy, temperature: Double, length: Int
  ) {
    self.below = below
    self.energy = energy
    self.temperature = temperature
    self.length = length
    field = below.field
    logWeight = -energy.energy(below.field) / temperature
  }

  var step: Double? {
    get { below.step }
    set { below.step = newValue }
  }

  func reset(to field: Field) {
    self.field = field
    logWeight = -energy.energy(field) / temperature
  }

  func walk(using random: inout RandomStream) -> Walk {
    let before = logWeight
    var moved = 0.0
    for _ in 0..<length {
      below.reset(to: field)
      let walk = below.walk(using: &random)
      moved += walk.acceptance
      // The levels below stayed put: nothing to test.
      if below.field == field { continue }
      let candidate = -energy.energy(below.field) / temperature
      if accepts((candidate - logWeight) + walk.logCorrection, using: &random) {
        field = below.field
        logWeight = candidate
      }
    }
    return Walk(acceptance: moved / Double(length), logCorrection: -(logWeight - before))
  }
}
