internal import Lattice
public import MonteCarlo

/// C(t) = A <phi(s) phi(s + t)>, phi(s) the mean of the field over the slice s across an axis, A its number
/// of sites, averaged over s; t = 0 … L/2. The free field has (1/L) sum_p cos(p t) / (m^2 + 4 sin^2(p/2))
/// at kappa = 1.
public final class ScalarCorrelator: Measurement {
  public let observables: [Observable]
  private let slices: [[Int]]

  /// Along one axis of the lattice.
  public init(_ system: ScalarFieldSystem, axis: Int) {
    let lattice = system.lattice
    let extent = lattice.extents[axis]
    var slices = [[Int]](repeating: [], count: extent)
    for site in 0..<lattice.sites { slices[lattice.coordinates(of: site)[axis]].append(site) }
    self.slices = slices
    observables = [
      Observable(
        "correlator", shape: [extent / 2 + 1],
        "two-point function at zero momentum against the distance along axis \(axis)")
    ]
  }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    var means: [Double] = []
    for slice in slices {
      var sum = 0.0
      for site in slice { sum += field.values[site] }
      means.append(sum / Double(slice.count))
    }
    let (extent, area) = (means.count, Double(slices[0].count))
    values = (0...(extent / 2)).map { distance in
      let sum = means.indices.reduce(0.0) { $0 + means[$1] * means[($1 + distance) % extent] }
      return area * sum / Double(extent)
    }
    return nil
  }
}
