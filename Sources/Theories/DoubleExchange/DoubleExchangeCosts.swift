internal import DoubleExchange
internal import Glibc
internal import Lattice
internal import Values

/// What chains of fermions allocate, in matrices of order 2N.
extension DoubleExchangeEntry {
  static func workspaceBytes(_ parameters: Record, exact: Record?) throws -> Double {
    let system = try system(parameters)
    let matrix = 16 * Double(system.states) * Double(system.states)
    // H, its vectors, and LAPACK's two; of the determinants' fold little more.
    guard let exact else { return 5 * matrix }
    let settings = settings(exact)
    // One weight moves, another one measures.
    let weights = 8.5 * matrix
    return switch settings.method {
    case .naive, .hmc: weights
    case .fast: weights + greenFunctions(system) * matrix
    case .replicaExchange:
      ([system.temperature] + settings.temperatures).reduce(weights) { sum, temperature in
        let copy = try? system.at(temperature: temperature)
        return sum + (4 + greenFunctions(copy ?? system)) * matrix
      }
    }
  }

  /// G at every pole, half of it where levels are paired, and room for a refresh.
  private static func greenFunctions(_ system: DoubleExchangeSystem) -> Double {
    let stored = system.hasPairedLevels ? 0.5 : 1
    return poles(system) * stored + 1 + stored
  }

  /// Poles of an expansion by the half-width of the band over 2T: between 4 at 2 and 16 at 225, as
  /// counted; finding them takes too long for a plan.
  private static func poles(_ system: DoubleExchangeSystem) -> Double {
    let band = system.bandEdge + abs(system.chemicalPotential)
    let width = max(0, log(band / (2 * system.temperature)))
    return min(40, 3 + 1.5 * width + 0.15 * width * width)
  }
}
