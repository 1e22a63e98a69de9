internal import Lattice

/// The lattice as a ring of slices across its longest direction, folded into pairs of slices.
struct RingGeometry {
  /// Sites of the pairs (r, R - 1 - r) in the order of elimination; an odd ring ends in one slice.
  /// Within a pair the slice r comes first, and sites of both are in the same order, so that
  /// neighbours in adjacent pairs have the same place.
  let groups: [[Int]]
  /// Self-bonds a site: directions of extent 1.
  let selfBonds: Double
  private let lattice: Torus

  init(_ lattice: Torus) {
    self.lattice = lattice
    let length = lattice.extents.max() ?? 1
    let axis = lattice.extents.firstIndex(of: length) ?? 0
    let slices = (0..<length).map { r in
      (0..<lattice.sites).filter { lattice.coordinates(of: $0)[axis] == r }
    }
    groups = (0..<((length + 1) / 2)).map { r in
      r == length - 1 - r ? slices[r] : slices[r] + slices[length - 1 - r]
    }
    selfBonds = Double(lattice.extents.count { $0 == 1 })
  }

  /// The hopping amplitudes of H inside each group, both directions, summed over double bonds.
  func bonds(hopping: Double) -> [[(Int, Int, Double)]] {
    groups.map { sites in
      var place = [Int](repeating: -1, count: lattice.sites)
      for (i, site) in sites.enumerated() { place[site] = i }
      var amplitudes = [Double](repeating: 0, count: sites.count * sites.count)
      for bond in lattice.bonds where bond.from != bond.to {
        let (i, j) = (place[bond.from], place[bond.to])
        guard i >= 0, j >= 0 else { continue }
        amplitudes[i * sites.count + j] -= hopping
        amplitudes[j * sites.count + i] -= hopping
      }
      return amplitudes.indices.filter { amplitudes[$0] != 0 }.map {
        ($0 / sites.count, $0 % sites.count, amplitudes[$0])
      }
    }
  }
}
