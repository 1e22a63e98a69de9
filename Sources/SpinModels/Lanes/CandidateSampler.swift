internal import MonteCarlo
internal import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Energies of the current field with one site replaced: what a sampler needs of a model.
protocol CandidateEnergies: AnyObject {
  var sites: Int { get }
  /// Starts from a field and returns its H_eff.
  func start(from field: Span<Double>) -> Double
  /// H_eff with site i replaced by the candidate of every lane.
  func energies(site: Int, candidates: LaneVector) -> Lanes
  /// Makes the candidate of this lane, one of those of the last call, the spin of the site.
  func accept(lane: Int, site: Int, candidates: LaneVector)
}

/// Single-site updates with `Lanes.width` fresh candidates at the price of one evaluation.
///
/// The candidates are independent uniform spins, so {current, candidates} is as likely to arise
/// from any of its members; choosing one with probability proportional to exp(-H/T) keeps that
/// distribution with detailed balance (Barker's rule for several candidates; Tjelmeland 2004).
/// Sites are visited up or down at random, as in `HeatBathSampler`.
final class CandidateSampler: LocalSampler {
  private let model: any CandidateEnergies
  private let temperature: Double
  private(set) var field: Field
  private(set) var energy: Double

  init(_ model: any CandidateEnergies, field: Field, temperature: Double) {
    self.model = model
    self.temperature = temperature
    self.field = field
    energy = model.start(from: field.values.span)
  }

  func reset(to field: borrowing Field) {
    self.field = copy field
    energy = model.start(from: self.field.values.span)
  }

  var step: Double? {
    get { nil }
    set {}
  }

  func sweep(using random: inout RandomStream) -> Double {
    let ascending = random.next() & 1 == 0
    var changed = 0
    for n in 0..<model.sites where update(ascending ? n : model.sites - 1 - n, &random) {
      changed += 1
    }
    return Double(changed) / Double(model.sites)
  }

  private func update(_ site: Int, _ random: inout RandomStream) -> Bool {
    var candidates = LaneVector.zero
    for lane in 0..<Lanes.width {
      let spin = random.unitVector()
      candidates.x[lane] = spin.x
      candidates.y[lane] = spin.y
      candidates.z[lane] = spin.z
    }
    let energies = model.energies(site: site, candidates: candidates)
    guard let lane = choose(energies, random.uniform()) else { return false }
    model.accept(lane: lane, site: site, candidates: candidates)
    energy = energies[lane]
    field.values[3 * site] = candidates.x[lane]
    field.values[3 * site + 1] = candidates.y[lane]
    field.values[3 * site + 2] = candidates.z[lane]
    return true
  }

  /// The lane chosen by `u`, nil for staying.
  private func choose(_ energies: Lanes, _ u: Double) -> Int? {
    let lowest = min(energies.min(), energy)
    var weights = Lanes.zero
    for lane in 0..<Lanes.width { weights[lane] = exp((lowest - energies[lane]) / temperature) }
    var rest = u * (weights.sum() + exp((lowest - energy) / temperature))
    for lane in 0..<Lanes.width {
      rest -= weights[lane]
      if rest < 0 { return lane }
    }
    return nil
  }
}

/// Every candidate by a full evaluation: for models in which one spin reaches every site.
final class FullEvaluation: CandidateEnergies {
  private let kernel: any LaneKernel
  private let spins: LaneBuffer

  init(_ kernel: any LaneKernel, parameters: [Double]) {
    self.kernel = kernel
    spins = LaneBuffer(3 * kernel.sites)
    kernel.load(parameters.span)
  }

  var sites: Int { kernel.sites }

  func start(from field: Span<Double>) -> Double {
    spins.broadcast(field)
    return kernel.forward(spins)[0]
  }

  func energies(site: Int, candidates: LaneVector) -> Lanes {
    let old = unsafe spins.vector(site)
    unsafe spins.setVector(site, candidates)
    let energies = kernel.forward(spins)
    unsafe spins.setVector(site, old)
    return energies
  }

  func accept(lane: Int, site: Int, candidates: LaneVector) {
    spins[3 * site] = Lanes(repeating: candidates.x[lane])
    spins[3 * site + 1] = Lanes(repeating: candidates.y[lane])
    spins[3 * site + 2] = Lanes(repeating: candidates.z[lane])
  }
}
