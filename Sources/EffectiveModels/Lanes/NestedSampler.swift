public import MonteCarlo
public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Self-learning one level down: a cheap model walks, an accurate but expensive model decides.
///
/// A sweep makes `stride` sweeps of the coarse sampler and accepts them together with probability
/// min(1, e^{-(H' - H)/T} e^{(C' - C)/T}), H the fine and C the coarse energy. The coarse sweep is
/// reversible for exp(-C/T), so this is reversible for exp(-H/T), at one fine energy a sweep in
/// the place of one per site.
public final class NestedSampler: LocalSampler {
  private let fine: any EffectiveEnergy
  private let coarse: any LocalSampler
  private let temperature: Double
  private let stride: Int
  public private(set) var field: Field
  public private(set) var energy: Double

  public init(
    fine: any EffectiveEnergy, coarse: any EffectiveEnergy, from field: Field, temperature: Double,
    stride: Int
  ) {
    precondition(stride > 0)
    self.fine = fine
    self.coarse = coarse.makeLocalSampler(from: field, temperature: temperature)
    self.temperature = temperature
    self.stride = stride
    self.field = field
    energy = fine.energy(field)
  }

  public func reset(to field: borrowing Field) {
    self.field = copy field
    coarse.reset(to: field)
    energy = fine.energy(field)
  }

  public var step: Double? {
    get { coarse.step }
    set { coarse.step = newValue }
  }

  public func sweep(using random: inout RandomStream) -> Double {
    let before = coarse.energy
    for _ in 0..<stride { _ = coarse.sweep(using: &random) }
    let proposal = coarse.field
    let proposed = fine.energy(proposal)
    let gain = (energy - proposed + coarse.energy - before) / temperature
    guard log(random.uniformOpen()) < gain else {
      coarse.reset(to: field)
      return 0
    }
    field = proposal
    energy = proposed
    return 1
  }
}
