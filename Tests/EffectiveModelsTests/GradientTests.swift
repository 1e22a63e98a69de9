import EffectiveModels
import Lattice
import MonteCarlo
import Testing

/// Every derivative against central differences, on a lattice with an odd number of sites too.
///
/// ReLU has kinks: the seeds are such that no score changes its sign within the steps.
@Suite struct GradientTests {
  @Test(arguments: ModelCase.all, [[4, 4], [5, 5]])
  func byTheParameters(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    let field = randomSpins(lattice, seed: 24)
    let energy = try example.model.makeLaneEnergy(on: lattice)
    let start = energy.parameters
    var gradient = [Double](repeating: 1, count: start.count)
    let value = energy.parameterGradient(field, scale: 0.5, into: &gradient)
    #expect(abs(value - energy.energy(field)) < 1e-12)
    for p in start.indices {
      let difference = centralDifference(2e-6) { shift in
        energy.parameters[p] = start[p] + shift
        defer { energy.parameters[p] = start[p] }
        return energy.energy(field)
      }
      #expect(isClose(2 * (gradient[p] - 1), difference), "parameter \(p)")
    }
  }

  @Test(arguments: ModelCase.all, [[4, 4], [5, 5]])
  func byTheField(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    var field = randomSpins(lattice, seed: 22)
    let energy = try example.model.makeEnergy(on: lattice)
    var gradient = [Double](repeating: -1, count: field.values.count)
    _ = energy.fieldGradient(field, scale: 2, into: &gradient)
    for i in field.values.indices {
      let start = field.values[i]
      let difference = centralDifference(2e-6) { shift in
        field.values[i] = start + shift
        defer { field.values[i] = start }
        return energy.energy(field)
      }
      #expect(isClose((gradient[i] + 1) / 2, difference), "component \(i)")
    }
  }

  @Test(arguments: ModelCase.all)
  func batchesGiveTheSameAsSingleFields(_ example: ModelCase) throws {
    let lattice = Torus([4, 4])
    let energy = try example.model.makeLaneEnergy(on: lattice)
    let fields = (0..<7).map { randomSpins(lattice, seed: UInt64(30 + $0)) }
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

/// (f(h) - f(-h)) / 2h, once extrapolated: error O(h^4).
func centralDifference(_ h: Double, _ f: (Double) -> Double) -> Double {
  let narrow = (f(h) - f(-h)) / (2 * h)
  let wide = (f(2 * h) - f(-2 * h)) / (4 * h)
  return (4 * narrow - wide) / 3
}

func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-7 * (1 + abs(a) + abs(b)) }
