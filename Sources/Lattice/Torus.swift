/// A periodic hypercubic lattice. Site index: x + Lx * (y + Ly * (z + …)).
public struct Torus: Sendable, Hashable {
  /// Sites along each axis.
  public let extents: [Int]
  /// How many there are.
  public let sites: Int

  /// Every extent must be at least 1; the manifest schema says so before this is reached.
  public init(_ extents: [Int]) {
    precondition(!extents.isEmpty && extents.allSatisfy { $0 > 0 })
    self.extents = extents
    sites = extents.reduce(1, *)
  }

  /// How many axes it has.
  public var dimension: Int { extents.count }

  /// Of a site along each axis; the first axis runs fastest.
  public func coordinates(of site: Int) -> [Int] {
    var rest = site
    return extents.map { extent in
      defer { rest /= extent }
      return rest % extent
    }
  }

  /// The site at `coordinates`, taken modulo the extents; negative ones wrap too.
  public func site(at coordinates: [Int]) -> Int {
    zip(coordinates, extents).reversed().reduce(0) { index, pair in
      index * pair.1 + ((pair.0 % pair.1) + pair.1) % pair.1
    }
  }

  /// The site at a displacement, around the edges where it has to be.
  public func site(_ site: Int, movedBy displacement: [Int]) -> Int {
    self.site(at: zip(coordinates(of: site), displacement).map { $0 + $1 })
  }

  /// The bonds of nearest neighbours: one per site and direction. Extent 2 lists a pair twice
  /// and extent 1 joins a site to itself, as a hopping term needs it.
  public var bonds: [(from: Int, to: Int)] {
    (0..<sites).flatMap { site in
      (0..<dimension).map { axis in
        var step = [Int](repeating: 0, count: dimension)
        step[axis] = 1
        return (from: site, to: self.site(site, movedBy: step))
      }
    }
  }

  /// +1 and -1 on the two sublattices of the chequerboard (the sign of the staggered spin).
  public var staggering: [Double] {
    (0..<sites).map { coordinates(of: $0).reduce(0, +) % 2 == 0 ? 1 : -1 }
  }
}
