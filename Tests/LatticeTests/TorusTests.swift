import Lattice
import Testing

@Suite("Periodic lattices")
struct TorusTests {
  static let lattices = [[1], [5], [6, 6], [4, 6], [1, 3], [2, 2], [3, 4, 2]]

  @Test("coordinates and sites are inverse, and wrap", arguments: lattices)
  func coordinates(extents: [Int]) {
    let torus = Torus(extents)
    for site in 0..<torus.sites {
      let place = torus.coordinates(of: site)
      #expect(torus.site(at: place) == site)
      #expect(torus.site(at: zip(place, extents).map { $0 - 3 * $1 }) == site)
      #expect(torus.site(at: zip(place, extents).map { $0 + 2 * $1 }) == site)
      let back = torus.site(torus.site(site, movedBy: extents), movedBy: extents.map { -$0 })
      #expect(back == site)
    }
    #expect(torus.dimension == extents.count)
  }

  @Test("site index is x + Lx y")
  func order() {
    let torus = Torus([4, 6])
    #expect(torus.site(at: [3, 2]) == 11)
    #expect(torus.coordinates(of: 11) == [3, 2])
  }

  @Test("one bond per site and direction; every site has 2d ends", arguments: lattices)
  func bonds(extents: [Int]) {
    let torus = Torus(extents)
    #expect(torus.bonds.count == torus.sites * torus.dimension)
    var ends = [Int](repeating: 0, count: torus.sites)
    for bond in torus.bonds {
      ends[bond.from] += 1
      ends[bond.to] += 1
    }
    #expect(ends.allSatisfy { $0 == 2 * torus.dimension })
  }

  @Test("extent 2 lists a pair twice, extent 1 joins a site to itself")
  func smallExtents() {
    let two = Torus([2])
    #expect(two.bonds.map { [$0.from, $0.to].sorted() } == [[0, 1], [0, 1]])
    let one = Torus([1])
    #expect(one.bonds.map { [$0.from, $0.to] } == [[0, 0]])
  }

  @Test("every hop on an even lattice changes the sign of the staggering")
  func staggering() {
    let torus = Torus([4, 6])
    #expect(torus.staggering.reduce(0, +) == 0)
    for bond in torus.bonds {
      #expect(torus.staggering[bond.from] == -torus.staggering[bond.to])
    }
  }
}
