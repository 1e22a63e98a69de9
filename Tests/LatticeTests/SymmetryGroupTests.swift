import Lattice
import Testing

@Suite("Symmetry group of the torus")
struct SymmetryGroupTests {
  @Test(
    "order of the point group",
    arguments: [([6, 6], 8), ([4, 6], 4), ([5], 2), ([1, 4], 2), ([2, 2], 2), ([3, 3, 3], 48)])
  func order(extents: [Int], expected: Int) {
    #expect(Torus(extents).pointGroup.count == expected)
  }

  @Test("elements are permutations that map bonds to bonds", arguments: TorusTests.lattices)
  func automorphisms(extents: [Int]) {
    let torus = Torus(extents)
    let key = { (a: Int, b: Int) in min(a, b) * torus.sites + max(a, b) }
    let bonds = torus.bonds.map { key($0.from, $0.to) }.sorted()
    for element in torus.translations + torus.pointGroup {
      #expect(element.sorted() == Array(0..<torus.sites))
      #expect(torus.bonds.map { key(element[$0.from], element[$0.to]) }.sorted() == bonds)
    }
  }

  @Test("both sets are closed under composition", arguments: TorusTests.lattices)
  func closure(extents: [Int]) {
    let torus = Torus(extents)
    for set in [torus.translations, torus.pointGroup] {
      let elements = Set(set)
      #expect(elements.contains(Array(0..<torus.sites)))
      for a in set { for b in set { #expect(elements.contains(a.map { b[$0] })) } }
    }
  }
}
