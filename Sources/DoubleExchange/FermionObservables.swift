internal import Lattice
public import MonteCarlo

/// Observables of the fermions, from the levels of one field.
enum FermionObservables {
  static let definitions = [
    Observable(
      "energy", symbol: "energy $e$", unit: "t", isMain: true,
      "e = sum_n E_n f(E_n) / N, grand canonical, per site"),
    Observable("density", symbol: "density $n$", "n = sum_n f(E_n) / N, fermions per site, in 0…2"),
    Observable(
      "thermalEnergyVariance", unit: "t^2",
      "v = sum_n E_n (E_n - mu) f (1 - f) / N; the specific heat per site at fixed mu is "
        + "(N cov(e, e - mu n) + <v>) / T^2"),
  ]

  static func measure(
    _ levels: [Double], _ system: DoubleExchangeSystem, into values: inout [Double]
  ) {
    let (beta, mu) = (system.inverseTemperature, system.chemicalPotential)
    var (energy, density, variance) = (0.0, 0.0, 0.0)
    for level in levels {
      let occupation = fermi((level - mu) * beta)
      energy += level * occupation
      density += occupation
      variance += level * (level - mu) * occupation * fermi(-(level - mu) * beta)
    }
    let sites = Double(system.lattice.sites)
    values.append(energy / sites)
    values.append(density / sites)
    values.append(variance / sites)
  }
}

/// A histogram of one-particle levels over the whole band, normalised to unit area.
public struct DensityOfStates: Sendable, Equatable {
  /// What a chain that records it calls it.
  public static func observable(bins: Int) -> Observable {
    Observable(
      "densityOfStates", shape: [bins],
      "histogram of the levels over the whole band, with unit area")
  }

  /// Bins of equal width from -edge to edge.
  public let edge: Double
  /// How many levels fell into each bin.
  public private(set) var counts: [Double]

  /// An empty histogram over the whole band.
  public init(_ system: DoubleExchangeSystem, bins: Int) {
    precondition(bins > 0)
    // A level may sit on the edge itself.
    edge = max(system.bandEdge, .leastNormalMagnitude) * (1 + 1e-12)
    counts = [Double](repeating: 0, count: bins)
  }

  /// Counts the levels of one configuration.
  public mutating func add(_ levels: [Double]) {
    for level in levels {
      let place = (level + edge) / (2 * edge) * Double(counts.count)
      counts[min(max(Int(place), 0), counts.count - 1)] += 1
    }
  }

  /// Probability density of a level at each bin's centre: sums to 1 with the bin's width.
  public var density: [Double] {
    let total = counts.reduce(0, +) * 2 * edge / Double(counts.count)
    return total > 0 ? counts.map { $0 / total } : counts
  }
}
