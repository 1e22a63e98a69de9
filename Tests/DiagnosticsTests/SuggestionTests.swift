import Diagnostics
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("lattice", "latitce", 1),
    ("ca", "abc", 3), ("temperature", "temperatrue", 1), ("abc", "abc", 0), ("ab", "ba", 1),
  ])
  func distance(left: String, right: String, expected: Int) {
    #expect(editDistance(Array(left), Array(right)) == expected)
    #expect(editDistance(Array(right), Array(left)) == expected)
  }

  static let keys = [
    "kind", "lattice", "hopping", "coupling", "couplingShells", "chemicalPotential", "temperature",
    "mu",
  ]

  @Test(arguments: [
    ("lattce", "lattice"), ("temprature", "temperature"), ("coupling_shells", "couplingShells"),
    ("Chemical-Potential", "chemicalPotential"), ("chem", "chemicalPotential"),
    ("kidn", "kind"), ("couplng", "coupling"), ("nu", "mu"),
  ])
  func slip(word: String, meant: String) {
    #expect(nearest(to: word, in: Self.keys) == meant)
  }

  @Test(arguments: ["", "volume", "x", "zz", "te", "seed"])
  func stranger(word: String) {
    #expect(nearest(to: word, in: Self.keys) == nil)
  }

  @Test func ambiguousBeginningIsNotCompleted() {
    #expect(nearest(to: "smear", in: ["smearingShells", "smearingWidth"]) == nil)
  }

  @Test func hintNamesTheNearOrListsTheValid() {
    #expect(suggestion(for: "lattce", in: Self.keys) == "did you mean `lattice`?")
    #expect(suggestion(for: "zz", in: ["a", "b"]) == "valid here: `a`, `b`")
    #expect(suggestion(for: "zz", in: (0..<40).map { "key\($0)" }) == nil)
  }
}
