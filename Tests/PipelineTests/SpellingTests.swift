import Manifest
import Pipeline
import Testing

/// How a manifest is written never reaches a key.
@Suite struct SpellingTests {
  static let base = """
    slmc: 1
    experiment: spelling
    seed: 3
    stages:
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
      note: {kind: constant, reads: [p], needs: {a: exact, b: analysis}, with: {q: 1, r: 2}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 2.5}
      exact: {samples: 20}
      p: {x: 1, y: [1, 2], z: text}
    """

  static let variants: [(name: String, text: String)] = [
    (
      "comments and blanks",
      "# comment\n\n" + base.replacing("seed: 3\n", "seed:   3   # three\n\n\n")
    ),
    ("trailing zeros", base.replacing("2.5}", "2.50}")),
    (
      "exponent",
      base.replacing("temperature: 2.5", "temperature: 25e-1").replacing(
        "samples: 20", "samples: 2e1")
    ),
    ("number for integer", base.replacing("hopping: 1,", "hopping: 1.0,")),
    (
      "explicit defaults",
      base.replacing("samples: 20", "samples: 20, replicas: 4, method: fast, stride: 5")
        .replacing("  p: {", "  analysis: {discard: 0}\n  p: {")
    ),
    (
      "order of keys",
      base.replacing(
        "{kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1,",
        "{coupling: 1, lattice: [2, 2], kind: double-exchange, hopping: 1,")
    ),
    (
      "order of free keys",
      base.replacing("{x: 1, y: [1, 2], z: text}", "{z: text, y: [1, 2], x: 1}")
    ),
    ("order of inline keys", base.replacing("{q: 1, r: 2}", "{r: 2, q: 1}")),
    ("order of needs", base.replacing("{a: exact, b: analysis}", "{b: analysis, a: exact}")),
    (
      "quotes where text is due",
      base.replacing("z: text", "z: 'text'").replacing("kind: constant", "kind: \"constant\"")
    ),
    (
      "block style",
      base.replacing(
        "  p: {x: 1, y: [1, 2], z: text}",
        "  p:\n    x: 1\n    y:\n      - 1\n      - 2\n    z: text")
    ),
    ("anchors", base.replacing("y: [1, 2]", "y: &l [1, 2]")),
    (
      "experiment's name and figures",
      base.replacing(
        "experiment: spelling",
        "experiment: other\nfigures: {f: {from: analysis, x: p.x, y: acceptance}}")
    ),
    (
      "order of stages",
      base.replacing("  exact: {kind: exact-samples, reads: [system, exact]}\n", "")
        .replacing(
          "with: {q: 1, r: 2}}\n",
          "with: {q: 1, r: 2}}\n  exact: {kind: exact-samples, reads: [exact, system]}\n")
    ),
    (
      "a group under another name",
      base.replacing("reads: [p]", "reads: {p: renamed}").replacing("  p: {", "  renamed: {")
    ),
    ("a profile nobody asked for", base + "\nprofiles: {ci: {set: {system.temperature: 9}}}"),
  ]

  @Test(arguments: variants.indices) func equalKeys(_ row: Int) throws {
    let variant = Self.variants[row]
    #expect(variant.text != Self.base)
    #expect(try plan(variant.text).keys == plan(Self.base).keys, "\(variant.name)")
  }

  static let changes: [(change: (String, String), stages: Set<String>)] = [
    (("2.5", "2.5000000000000004"), ["exact", "analysis", "note"]),
    (("samples: 20", "samples: 21"), ["exact", "analysis", "note"]),
    (("seed: 3", "seed: 4"), ["exact", "analysis", "note"]),
    (("z: text", "z: Text"), ["note"]),
    (("x: 1", "x: 1.0"), ["note"]),
    (("x: 1", "x: '1'"), ["note"]),
    (("y: [1, 2]", "y: [2, 1]"), ["note"]),
    (("r: 2", "r: 3"), ["note"]),
    (("  p: {", "  analysis: {discard: 1}\n  p: {"), ["analysis", "note"]),
    (("{a: exact, b: analysis}", "{a: analysis, b: exact}"), ["note"]),
    (("{a: exact, b: analysis}", "{a: exact}"), ["note"]),
  ]

  @Test(arguments: changes.indices) func aChangeReachesItsStagesAlone(_ row: Int) throws {
    let (change, stages) = Self.changes[row]
    let before = try plan(Self.base).keys
    let after = try plan(Self.base.replacing(change.0, change.1)).keys
    #expect(Set(before.keys.filter { before[$0] != after[$0] }) == stages, "\(change)")
  }
}

extension String {
  /// Foundation is not needed for this.
  func replacing(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
