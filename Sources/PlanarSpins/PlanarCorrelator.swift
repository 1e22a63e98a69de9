internal import Lattice
public import MonteCarlo

/// C(r) = mean of s_i . s_(i + r e_1), r = 0 … L/2.
public final class PlanarCorrelator: Measurement {
  public let observables: [Observable]
  /// The site at each distance from each site.
  private let partners: [[Int]]

  /// With workspace for that system.
  public init(_ system: PlanarSpinSystem) {
    let lattice = system.lattice
    let rest = [Int](repeating: 0, count: lattice.dimension - 1)
    partners = (0...(lattice.extents[0] / 2)).map { distance in
      (0..<lattice.sites).map { lattice.site($0, movedBy: [distance] + rest) }
    }
    observables = [
      Observable(
        "correlator", shape: [partners.count],
        "mean of s_i . s_j at distance r along the first axis")
    ]
  }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    values.removeAll(keepingCapacity: true)
    for row in partners {
      var sum = 0.0
      for (site, partner) in row.enumerated() {
        sum += (field.planarSpin(at: site) * field.planarSpin(at: partner)).sum()
      }
      values.append(sum / Double(row.count))
    }
    return nil
  }
}
