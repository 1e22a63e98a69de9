import Manifest
import Testing

@Suite struct SweepTests {
  static let sweeps: [(sweep: String, points: [String])] = [
    (
      "{product: {p.x: [1, 2], p.y: [a, b]}}",
      ["p.x=1 p.y=a", "p.x=1 p.y=b", "p.x=2 p.y=a", "p.x=2 p.y=b"]
    ),
    ("{zip: {p.x: [1, 2], p.y: [a, b]}}", ["p.x=1 p.y=a", "p.x=2 p.y=b"]),
    (
      "{zip: [{p.x: [1, 2]}, {p.y: [a, b]}]}",
      ["p.x=1 p.y=a", "p.x=1 p.y=b", "p.x=2 p.y=a", "p.x=2 p.y=b"]
    ),
    (
      "{product: {p.x: [1, 2]}, zip: {p.y: [a, b], p.z: [c, d]}}",
      ["p.x=1 p.y=a p.z=c", "p.x=1 p.y=b p.z=d", "p.x=2 p.y=a p.z=c", "p.x=2 p.y=b p.z=d"]
    ),
    (
      "{product: {p.x: [1, 2], p.y: [1, 2]}, exclude: [{p.x: 1, p.y: 2.0}, {p.x: 2e0, p.y: 1}]}",
      ["p.x=1 p.y=1", "p.x=2 p.y=2"]
    ),
    ("{product: {p.x: [1, 2, 3]}, exclude: [{p.x: 2}]}", ["p.x=1", "p.x=3"]),
    (
      "{product: {p.x: [1]}, include: [{p.x: 5, p.y: 6}, {p.z: 7}]}",
      ["p.x=1", "p.x=5 p.y=6", "p.z=7"]
    ),
    ("{include: [{p.x: 5}, {p.x: 6}]}", ["p.x=5", "p.x=6"]),
    ("{product: {p.l: [[4, 4], [6, 6]]}}", ["p.l=[4, 4]", "p.l=[6, 6]"]),
    (
      "{product: {p.x: {linspace: {from: 0.05, to: 0.2, count: 4}}}}",
      ["p.x=0.05", "p.x=0.1", "p.x=0.15", "p.x=0.2"]
    ),
    ("{product: {p.x: {linspace: {from: 3, to: 9, count: 1}}}}", ["p.x=3"]),
    (
      "{product: {p.x: {logspace: {from: 0.01, to: 100, count: 5}}}}",
      ["p.x=0.01", "p.x=0.1", "p.x=1", "p.x=10", "p.x=100"]
    ),
    (
      "{product: {p.x: {range: {from: 1, to: 10, step: 3}}}}",
      ["p.x=1", "p.x=4", "p.x=7", "p.x=10"]
    ),
    (
      "{product: {p.x: {range: {from: 0.1, to: 0.7, step: 0.1}}}}",
      ["p.x=0.1", "p.x=0.2", "p.x=0.3", "p.x=0.4", "p.x=0.5", "p.x=0.6", "p.x=0.7"]
    ),
    ("{product: {p.x: {range: {from: 1, to: 2, step: 0.4}}}}", ["p.x=1", "p.x=1.4", "p.x=1.8"]),
    ("{product: {p.x: {range: {from: -1, to: 1}}}}", ["p.x=-1", "p.x=0", "p.x=1"]),
  ]

  @Test(arguments: sweeps) func points(_ row: (sweep: String, points: [String])) throws {
    #expect(try read(manifest(sweep: row.sweep)).points == row.points)
  }

  static let mistaken: [(sweep: String, messages: [String])] = [
    ("[1]", ["5:8 `sweep` must have product, zip, exclude or include"]),
    (
      "{prodct: {p.x: [1]}}",
      [
        "5:9 unknown key `prodct` in `sweep` | did you mean `product`?"
      ]
    ),
    (
      "{product: {p.x: 1}}",
      [
        "5:24 `p.x` must be swept over a list, linspace, logspace or range"
          + " | for one value write it under `parameters`"
      ]
    ),
    (
      "{zip: {p.x: [1, 2], p.y: [1]}}",
      ["5:14 zipped parameters differ in length: p.x has 2, p.y has 1"]
    ),
    (
      "{product: {p.x: [1]}, exclude: [{p.q: 1}]}",
      ["5:41 `exclude` names `p.q`, which is not swept | did you mean `p.x`?"]
    ),
    (
      "{product: {p.x: [1]}, exclude: 3}",
      ["5:39 `exclude` must list points, as in [{model.layers: 2, system.temperature: 0.1}]"]
    ),
    (
      "{product: {p.x: [1]}, include: [{p.x: 2}, 7]}",
      ["5:50 `include` must list points, as in [{model.layers: 2, system.temperature: 0.1}]"]
    ),
    ("{product: {p.x: [1]}, zip: {p.x: [2]}}", ["5:36 `p.x` is swept twice"]),
    (
      "{product: {p.x: {logspace: {from: 0, to: 1, count: 2}}}}",
      ["5:35 logspace needs positive ends, not 0.0 and 1.0"]
    ),
    (
      "{product: {p.x: {range: {from: 1, to: 99999999999}}}}",
      ["5:32 `p.x` has too many values"]
    ),
    (
      "{product: {p.x: {range: {from: -9223372036854775808, to: 9223372036854775807}}}}",
      ["5:32 `p.x` has too many values"]
    ),
    (
      "{product: {p.x: {range: {from: 2, to: 1}}}}",
      ["5:32 `p.x` has no values: `from` is 2, above `to`, 1"]
    ),
    (
      "{product: {p.x: {linspace: {from: 0, to: nan, count: 2}}}}",
      ["5:49 `p.x.linspace.to` is `nan`, but must be a number"]
    ),
  ]

  @Test(arguments: mistaken) func mistakesAreLocated(_ row: (sweep: String, messages: [String]))
    throws
  {
    let found = try mistakes(in: manifest(sweep: row.sweep))
    for message in row.messages { #expect(found.contains(message), "found \(found)") }
    #expect(!found.isEmpty)
  }

  /// Steps of a tenth have the numbers that people write, not their neighbours.
  @Test func linspaceGivesReadableNumbers() throws {
    let sweep = "{product: {p.x: {linspace: {from: 0, to: 1, count: 101}}}}"
    let spellings = try read(manifest(sweep: sweep)).points
    for index in 1..<100 {
      #expect(spellings[index] == "p.x=\(Double(index) / 100)")
    }
    #expect(spellings[0] == "p.x=0" && spellings[100] == "p.x=1")
  }
}
