import Diagnostics
import Testing
import YAML

/// A small generator of its own, so that a failing text can be found again from its seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  /// G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Malformed input must end in diagnostics with a place inside the text, never in a crash.
@Suite struct FuzzTests {
  static let manifest = """
    slmc: 1   # comment
    experiment: "depth"
    parameters:
      system: {kind: double-exchange, lattice: [6, 6], temperature: 0.05}
      chain: &chain {proposals: 20000, innerSweeps: auto}
      again: *chain
    sweep:
      product:
        model.layers: [1, 2, 3]
        text: |
          literal é
        folded: >-
          folded
    list:
      - 'one'
      - ? two
        : 2
    """

  static let pieces = [
    "a: 1\n", "  b: [1, 2]\n", "- x\n", "{", "}", "[", "]", ": ", "? ", "\n", "\t", "&a ", "*a",
    "!!int ", "!", "%YAML 1.1\n", "%TAG ! x\n", "---\n", "...\n", "|\n", ">-\n", "  text\n",
    "\"q\\n\"", "'s'", "\"", "'", "#c\n", "\r\n", "\u{85}", "\u{2028}", "é", "😀", ",", "  ", "<<",
    "@", "`", "|2+\n", "\\x", "\u{FEFF}", "~", "-", ":", "?",
  ]

  func check(_ bytes: [UInt8], _ origin: String) {
    do {
      let root = try YAML.parse(bytes: bytes, file: "f")
      #expect(root.end.line >= root.location.line)
    } catch {
      let sane =
        error.hasErrors
        && error.found.allSatisfy {
          ($0.location?.line ?? 0) >= 1 && ($0.location?.column ?? 0) >= 1
        }
      #expect(sane, "\(origin): \(error)")
    }
  }

  @Test func everyTruncation() {
    let bytes = Array(Self.manifest.utf8)
    for length in bytes.indices { check(Array(bytes[..<length]), "length \(length)") }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func mutatedManifests(seed: UInt64) {
    var generator = SplitMix(state: seed)
    for round in 0..<2000 {
      var bytes = Array(Self.manifest.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
        default:
          let end = Int.random(in: place..<bytes.count, using: &generator)
          bytes.insert(contentsOf: bytes[place...end], at: place)
        }
      }
      check(bytes, "seed \(seed), round \(round)")
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func assembledPieces(seed: UInt64) {
    var generator = SplitMix(state: seed)
    for round in 0..<4000 {
      let count = Int.random(in: 1...20, using: &generator)
      let text = (0..<count).compactMap { _ in Self.pieces.randomElement(using: &generator) }
      check(Array(text.joined().utf8), "seed \(seed), round \(round)")
    }
  }
}
