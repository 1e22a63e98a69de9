internal import MonteCarlo
internal import Randomness

/// Heat bath of the free field: with the others fixed, phi_x is normal with mean h / 2A and variance
/// T / 2A, h = sum_k K_k (sum over shell k of x).
///
/// Up or down the sites at random, so that a sweep is its own time reversal.
final class FreeFieldSampler: LocalSampler {
  private let model: LaneEnergy
  private let table: ShellTable
  private let stiffness: Double
  private let couplings: [Double]
  private let temperature: Double
  private(set) var field: Field

  init(_ model: LaneEnergy, _ table: ShellTable, field: Field, temperature: Double) {
    self.model = model
    self.table = table
    stiffness = model.parameters[1]
    couplings = Array(model.parameters[2...])
    self.temperature = temperature
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
    // A form without a minimum has no heat bath: the field stays, and the verdict on the chain is
    // that it never moved.
    guard stiffness > 0 else { return 0 }
    let width = (temperature / (2 * stiffness)).squareRoot()
    let ascending = random.next() & 1 == 0
    for n in 0..<field.places {
      let site = ascending ? n : field.places - 1 - n
      field.values[site] = pull(site) / (2 * stiffness) + width * random.normalPair().0
    }
    return 1
  }

  private func pull(_ site: Int) -> Double {
    var sum = 0.0
    for (k, coupling) in couplings.enumerated() {
      let z = table.coordination[k + 1]
      let start = table.starts[k + 1] + site * z
      for n in start..<(start + z) { sum += coupling * field.values[table.neighbours[n]] }
    }
    return sum
  }
}
