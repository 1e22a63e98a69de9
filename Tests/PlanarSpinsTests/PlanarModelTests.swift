import Lattice
import Models
import MonteCarlo
import PlanarSpins
import Randomness
import Testing

@Suite struct PlanarModelTests {
  private let lattice = Torus([3, 4])

  private func fields(_ count: Int) throws -> [Field] {
    let system = try PlanarSpinSystem(extents: [3, 4], coupling: 1, temperature: 1)
    var random = RandomStream(key: 8, nonce: 1)
    return (0..<count).map { _ in system.randomField(using: &random) }
  }

  private func energy() throws -> any BatchEnergy {
    var model = PlanarLinearModel()
    model.parameters.values = [0.4, -1.7]
    return try model.makeBatchEnergy(on: lattice)
  }

  /// The passes that go field by field give what single fields give.
  @Test func batchesAreSingleFields() throws {
    let (energy, fields) = (try energy(), try fields(5))
    let flat = fields.flatMap(\.values)
    var energies = [Double](repeating: 0, count: 5)
    energy.energies(flat, into: &energies)
    #expect(energies == fields.map { energy.energy($0) })
    var (some, rows) = ([0.0, 0.0, 0.0], [Double](repeating: 0, count: 6))
    energy.gradients(flat, range: 1..<4, energies: &some, rows: &rows, linearOnly: false)
    #expect(some == Array(energies[1..<4]))
    for n in 0..<3 {
      var gradient = [0.0, 0.0]
      _ = energy.parameterGradient(fields[n + 1], scale: 1, into: &gradient)
      #expect(Array(rows[(2 * n)..<(2 * n + 2)]) == gradient)
    }
    var sum = [0.0, 0.0]
    energy.weightedGradient(flat, range: 1..<4, into: &sum) { n, value in
      #expect(value == energies[n])
      return n == 2 ? 2 : 0
    }
    #expect(sum == [2, 2 * rows[3]])
    var (all, slopes) = (energies, [Double](repeating: 0, count: flat.count))
    energy.fieldGradients(flat, energies: &all, rows: &slopes)
    var slope = [Double](repeating: 0, count: 24)
    _ = energy.fieldGradient(fields[4], scale: 1, into: &slope)
    #expect(all == energies && Array(slopes[96...]) == slope)
  }

  @Test func theEnergyIsLinearInItsNumbers() throws {
    let (energy, field) = (try energy(), try fields(1)[0])
    var gradient = [0.0, 0.0]
    let value = energy.parameterGradient(field, scale: 1, into: &gradient)
    #expect(abs(value - (0.4 * gradient[0] - 1.7 * gradient[1])) < 1e-12)
    #expect(PlanarLinearModel().offsetParameter == 0)
  }
}
