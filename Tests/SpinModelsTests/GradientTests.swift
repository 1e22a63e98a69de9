import Lattice
import MonteCarlo
import SpinModels
import Testing

/// Every derivative against central differences, on a lattice with an odd number of sites too.
///
/// ReLU has kinks, and a difference across one is the mean of two slopes. The steps therefore shrink,
/// with the tolerance that rounding leaves at each, until no score changes its sign within one: a wrong
/// derivative agrees at none of them.
@Suite struct GradientTests {
  @Test(arguments: ModelCase.ofAnyField, [[4, 4], [5, 5]])
  func byTheParameters(_ example: ModelCase, extents: [Int]) throws {
    for seed: UInt64 in [21, 23, 24] { try byTheParameters(example, extents, seed: seed) }
  }

  private func byTheParameters(_ example: ModelCase, _ extents: [Int], seed: UInt64) throws {
    let lattice = Torus(extents)
    let field = example.field(on: lattice, seed: seed)
    let energy = try example.model.makeBatchEnergy(on: lattice)
    let start = energy.parameters
    var gradient = [Double](repeating: 1, count: start.count)
    let value = energy.parameterGradient(field, scale: 0.5, into: &gradient)
    #expect(abs(value - energy.energy(field)) < 1e-12)
    for p in start.indices {
      let agrees = isSlope(2 * (gradient[p] - 1)) { shift in
        energy.parameters[p] = start[p] + shift
        defer { energy.parameters[p] = start[p] }
        return energy.energy(field)
      }
      #expect(agrees, "parameter \(p), seed \(seed)")
    }
  }

  @Test(arguments: ModelCase.ofAnyField, [[4, 4], [5, 5]])
  func byTheField(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    var field = example.field(on: lattice, seed: 22)
    let energy = try example.model.makeEnergy(on: lattice)
    var gradient = [Double](repeating: -1, count: field.values.count)
    _ = energy.fieldGradient(field, scale: 2, into: &gradient)
    for i in field.values.indices {
      let start = field.values[i]
      let agrees = isSlope((gradient[i] + 1) / 2) { shift in
        field.values[i] = start + shift
        defer { field.values[i] = start }
        return energy.energy(field)
      }
      #expect(agrees, "component \(i)")
    }
  }

  @Test(arguments: ModelCase.ofAnyField)
  func batchesGiveTheSameAsSingleFields(_ example: ModelCase) throws {
    let lattice = Torus([4, 4])
    let energy = try example.model.makeBatchEnergy(on: lattice)
    let fields = (0..<7).map { example.field(on: lattice, seed: UInt64(30 + $0)) }
    let flat = fields.flatMap(\.values)
    let count = energy.parameters.count
    var energies = [Double](repeating: 0, count: 7)
    energy.energies(flat, into: &energies)
    #expect(energies == fields.map { energy.energy($0) })
    var rows = [Double](repeating: 0, count: 5 * count)
    var some = [Double](repeating: 0, count: 5)
    energy.gradients(flat, range: 2..<7, energies: &some, rows: &rows)
    #expect(some == Array(energies[2...]))
    var sum = [Double](repeating: 0, count: count)
    var linear = rows
    energy.gradients(flat, range: 2..<7, energies: &some, rows: &linear, linearOnly: true)
    for n in 0..<5 {
      for p in example.model.linearParameters {
        #expect(linear[n * count + p] == rows[n * count + p])
      }
    }
    energy.weightedGradient(flat, range: 2..<7, into: &sum) { n, _ in Double(n) }
    for n in 2..<7 {
      var single = [Double](repeating: 0, count: count)
      _ = energy.parameterGradient(fields[n], scale: 1, into: &single)
      #expect(single == Array(rows[((n - 2) * count)..<((n - 1) * count)]))
      for p in 0..<count { sum[p] -= Double(n) * single[p] }
    }
    #expect(sum.allSatisfy { abs($0) < 1e-10 })
  }
}

/// Whether a number is the slope of f at 0.
func isSlope(_ slope: Double, _ f: (Double) -> Double) -> Bool {
  // Step, and the tolerance that it leaves: rounding is about 1e-15 |f| / step.
  for (step, tolerance) in [(1e-4, 2e-8), (1e-6, 2e-7), (1e-8, 2e-5)] {
    let difference = centralDifference(step, f)
    if abs(slope - difference) < tolerance * (1 + abs(slope) + abs(difference)) { return true }
  }
  return false
}

/// (f(h) - f(-h)) / 2h, once extrapolated: error O(h^4).
func centralDifference(_ h: Double, _ f: (Double) -> Double) -> Double {
  let narrow = (f(h) - f(-h)) / (2 * h)
  let wide = (f(2 * h) - f(-2 * h)) / (4 * h)
  return (4 * narrow - wide) / 3
}
