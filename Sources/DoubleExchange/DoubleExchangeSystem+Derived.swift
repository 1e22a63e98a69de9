internal import Lattice
public import MonteCarlo

extension DoubleExchangeSystem {
  /// Binder ratios of both order parameters and the specific heat.
  public var derived: [DerivedObservable] {
    [binder("magnetisation", "$M$"), binder("staggeredMagnetisation", "$M_{st}$"), specificHeat]
  }

  private func binder(_ name: String, _ symbol: String) -> DerivedObservable {
    DerivedObservable(
      Observable(
        "\(name)Binder", symbol: "Binder ratio of \(symbol)",
        "<\(name)^4> / <\(name)^2>^2: 1 in perfect order, 5/3 without"),
      of: [["\(name)Fourth"], ["\(name)Squared"]]
    ) { $0[0] / ($0[1] * $0[1]) }
  }

  /// c = (N cov(e, e - mu n) + <v>) / T^2, the slope of <e> over T at fixed mu.
  private var specificHeat: DerivedObservable {
    let (sites, mu) = (Double(lattice.sites), chemicalPotential)
    let square = temperature * temperature
    return DerivedObservable(
      Observable("specificHeat", symbol: "specific heat $c$", "d<e>/dT per site at fixed mu"),
      of: [
        ["energy", "energy"], ["energy", "density"], ["energy"], ["density"],
        ["thermalEnergyVariance"],
      ]
    ) { mean in
      let energies = mean[0] - mean[2] * mean[2]
      let mixed = mean[1] - mean[2] * mean[3]
      return (sites * (energies - mu * mixed) + mean[4]) / square
    }
  }
}
