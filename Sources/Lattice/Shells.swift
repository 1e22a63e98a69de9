/// Displacements of the torus that its point group maps onto each other.
public struct Shell: Sendable, Hashable {
  /// Squared length of the shortest representative.
  public let squaredDistance: Int
  /// The representative: every component at most half its extent, larger components first among
  /// directions of equal extent.
  public let representative: [Int]
  /// All different displacements of the class, each in 0..<extent.
  public let displacements: [[Int]]

  /// How many neighbours a site has in it.
  public var coordination: Int { displacements.count }
}

extension Torus {
  /// All shells by squared distance, then by representative; shell 0 is the site itself.
  ///
  /// On 6 x 6 the coordination numbers are 1, 4, 4, 4, 8, 4, 2, 4, 4, 1.
  public var shells: [Shell] {
    let displacements = (0..<sites).map(coordinates(of:))
    return Dictionary(grouping: displacements, by: representative(of:))
      .map { representative, members in
        Shell(
          squaredDistance: representative.reduce(0) { $0 + $1 * $1 },
          representative: representative, displacements: members)
      }
      .sorted {
        ($0.squaredDistance, $0.representative[0]) < ($1.squaredDistance, $1.representative[0])
          || ($0.squaredDistance == $1.squaredDistance
            && $0.representative[0] == $1.representative[0]
            && $0.representative.lexicographicallyPrecedes($1.representative))
      }
  }

  /// Reflections fold each component below half its extent; directions of equal extent may swap.
  func representative(of displacement: [Int]) -> [Int] {
    var folded = zip(displacement, extents).map { min($0, $1 - $0) }
    for extent in Set(extents) {
      let axes = extents.indices.filter { extents[$0] == extent }
      let sorted = axes.map { folded[$0] }.sorted(by: >)
      for (axis, value) in zip(axes, sorted) { folded[axis] = value }
    }
    return folded
  }
}

/// The neighbours of every site, shell by shell, in one flat table for the kernels.
public struct NeighbourTable: Sendable {
  /// Of the lattice.
  public let sites: Int
  /// The first is the site itself.
  public let shells: [Shell]
  /// Neighbours of site i in shell k: `neighbours[offsets[k] + i * z_k ..< offsets[k] + (i + 1) * z_k]`.
  public let neighbours: [Int]
  /// Where the neighbours of each shell begin.
  public let offsets: [Int]

  /// - Parameter count: how many shells beyond the site itself (all when nil).
  public init(_ torus: Torus, shells count: Int? = nil) {
    let all = torus.shells
    let kept = Array(all.prefix((count ?? all.count) + 1))
    var neighbours: [Int] = []
    var offsets: [Int] = []
    for shell in kept {
      offsets.append(neighbours.count)
      for site in 0..<torus.sites {
        neighbours += shell.displacements.map { torus.site(site, movedBy: $0) }
      }
    }
    sites = torus.sites
    shells = kept
    self.neighbours = neighbours
    self.offsets = offsets
  }

  /// How many neighbours a site has in a shell.
  public func coordination(_ shell: Int) -> Int { shells[shell].coordination }

  /// The neighbours of a site in a shell.
  public func neighbours(of site: Int, shell: Int) -> ArraySlice<Int> {
    let z = coordination(shell)
    let start = offsets[shell] + site * z
    return neighbours[start..<(start + z)]
  }
}
