internal import DoubleExchange
internal import Glibc
internal import Lattice
internal import Stages

/// What chains of fermions compute and allocate, in sites and in matrices of order 2N.
extension DoubleExchangeTheory {
  static func weightCost(_ system: DoubleExchangeSystem) -> Cost {
    // One weight moves and another one measures: H, its vectors, and LAPACK's two of each.
    Cost(multiplications: sites(system, to: 3), bytes: 8.5 * matrix(system))
  }

  /// Of a sweep, and of what a chain holds besides the weights.
  static func samplingCost(_ settings: ExactChainSettings, _ system: DoubleExchangeSystem) -> Cost {
    switch settings.method {
    case .naive: Cost(multiplications: sites(system, to: 4), bytes: 0)
    case .hmc:
      Cost(
        multiplications: Double(settings.trajectorySteps) * sites(system, to: 3), bytes: 0)
    case .fast:
      Cost(
        multiplications: sites(system, to: 2), bytes: greenFunctions(system) * matrix(system))
    case .replicaExchange: exchangeCost(settings, system)
    }
  }

  private static func exchangeCost(
    _ settings: ExactChainSettings, _ system: DoubleExchangeSystem
  ) -> Cost {
    let temperatures = [system.temperature] + settings.temperatures
    let matrices = temperatures.reduce(0.0) { sum, temperature in
      sum + 4 + greenFunctions((try? system.at(temperature: temperature)) ?? system)
    }
    return Cost(
      multiplications: Double(temperatures.count) * sites(system, to: 2),
      bytes: matrices * matrix(system))
  }

  private static func matrix(_ system: DoubleExchangeSystem) -> Double {
    16 * Double(system.states) * Double(system.states)
  }

  private static func sites(_ system: DoubleExchangeSystem, to exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { product, _ in product * Double(system.lattice.sites) }
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
