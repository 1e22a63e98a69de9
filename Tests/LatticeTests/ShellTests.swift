import Lattice
import Testing

@Suite("Shells of displacements")
struct ShellTests {
  @Test(
    "coordination numbers in order of distance",
    arguments: [
      ([6, 6], [1, 4, 4, 4, 8, 4, 2, 4, 4, 1]), ([4, 4], [1, 4, 4, 2, 4, 1]), ([1, 1], [1]),
      ([2, 2], [1, 2, 1]), ([5], [1, 2, 2]), ([3, 3, 3], [1, 6, 12, 8]),
    ])
  func coordination(extents: [Int], expected: [Int]) {
    #expect(Torus(extents).shells.map(\.coordination) == expected)
  }

  @Test("shells part the displacements by distance", arguments: TorusTests.lattices)
  func partition(extents: [Int]) {
    let torus = Torus(extents)
    let shells = torus.shells
    let all = shells.flatMap(\.displacements)
    #expect(all.count == torus.sites && Set(all).count == torus.sites)
    #expect(shells[0].displacements == [[Int](repeating: 0, count: torus.dimension)])
    for (near, far) in zip(shells, shells.dropFirst()) {
      #expect(near.squaredDistance <= far.squaredDistance)
    }
    for shell in shells {
      for displacement in shell.displacements {
        let squared = zip(displacement, extents).reduce(0) {
          let folded = min($1.0, $1.1 - $1.0)
          return $0 + folded * folded
        }
        #expect(squared == shell.squaredDistance)
      }
    }
  }

  @Test("the table agrees with the displacements and is symmetric", arguments: TorusTests.lattices)
  func table(extents: [Int]) {
    let torus = Torus(extents)
    let table = NeighbourTable(torus)
    for (k, shell) in table.shells.enumerated() {
      #expect(table.coordination(k) == shell.coordination)
      for site in 0..<torus.sites {
        let neighbours = table.neighbours(of: site, shell: k)
        #expect(
          Set(neighbours) == Set(shell.displacements.map { torus.site(site, movedBy: $0) }))
        for other in neighbours {
          #expect(table.neighbours(of: other, shell: k).contains(site))
        }
      }
    }
  }

  @Test("a shorter table keeps the nearest shells")
  func prefix() {
    let (whole, part) = (NeighbourTable(Torus([6, 6])), NeighbourTable(Torus([6, 6]), shells: 3))
    #expect(part.shells == Array(whole.shells[...3]))
    #expect(part.neighbours(of: 7, shell: 2) == whole.neighbours(of: 7, shell: 2))
  }
}
