import Diagnostics
import Manifest
import Testing
import Values
import YAML

/// The schema types the scalars, and every mistake says where it is and what would be right.
@Suite struct DecodingTests {
  static let group = GroupSchema(
    "thing", "what a test decodes",
    fields: [
      FieldSchema("count", .count, default: .integer(3), "a number of things"),
      FieldSchema("ratio", .number(.unit), default: .number(0.5), "a share"),
      FieldSchema("name", .text, default: .text(""), "a name"),
      FieldSchema("flag", .boolean, default: .boolean(false), "a flag"),
      FieldSchema("mode", .choice(["fast", "slow"]), default: .text("fast"), "a mode"),
      FieldSchema(
        "size", .list(of: .integer(2...64), count: 2...2),
        default: .list([.integer(4), .integer(4)]),
        "a size"),
      FieldSchema(
        "steps", .either([.choice(["auto"]), .natural]), default: .text("auto"), "steps or auto"),
    ])

  static let variants = GroupSchema(
    "shape", "a group with variants", fields: [FieldSchema("area", .number(.positive), "its area")],
    variants: [
      .init("square", "equal sides", fields: [FieldSchema("side", .number(.positive), "a side")]),
      .init("disc", "round", fields: [FieldSchema("radius", .number(.positive), "a radius")]),
    ])

  private func decode(_ text: String, _ schema: GroupSchema) throws -> (Record?, [String]) {
    var decoder = ValueDecoder()
    let record = decoder.decode(
      try YAML.parse(text: text, file: "f.yaml"), as: schema, name: schema.name)
    return (record, decoder.problems.inSourceOrder.map(describe))
  }

  static let defaults: Record = [
    "count": .integer(3), "ratio": .number(0.5), "name": "", "flag": .boolean(false),
    "mode": "fast", "size": .list([.integer(4), .integer(4)]), "steps": "auto",
  ]

  static let spellings: [(text: String, field: String, value: Value)] = [
    ("{}", "count", .integer(3)),
    ("{count: 2e4}", "count", .integer(20000)),
    ("{count: 20000.0}", "count", .integer(20000)),
    ("{ratio: 1}", "ratio", .number(1)),
    ("{ratio: 2.50e-1}", "ratio", .number(0.25)),
    ("{ratio: .5}", "ratio", .number(0.5)),
    ("{name: no}", "name", "no"),
    ("{name: 1e-3}", "name", "1e-3"),
    ("{name: '12'}", "name", "12"),
    ("{flag: true}", "flag", .boolean(true)),
    ("{size: [2, 64]}", "size", .list([.integer(2), .integer(64)])),
    ("{steps: 7}", "steps", .integer(7)),
    ("steps: auto # comment", "steps", "auto"),
  ]

  @Test(arguments: spellings)
  func typesComeFromTheSchema(_ row: (text: String, field: String, value: Value)) throws {
    let (record, problems) = try decode(row.text, Self.group)
    var expected = Self.defaults
    expected[row.field] = row.value
    #expect(record == expected)
    #expect(problems.isEmpty)
  }

  static let mistaken: [(text: String, messages: [String])] = [
    ("{count: 0}", ["1:9 `thing.count` is `0`, but must be an integer, at least 1"]),
    ("{count: 1.5}", ["1:9 `thing.count` is `1.5`, but must be an integer, at least 1"]),
    ("{count: '3'}", ["1:9 `thing.count` is the text \"3\", but must be an integer, at least 1"]),
    ("{ratio: 1.01}", ["1:9 `thing.ratio` is `1.01`, but must be a number in [0, 1]"]),
    ("{ratio: inf}", ["1:9 `thing.ratio` is `inf`, but must be a number in [0, 1]"]),
    ("{ratio: 0x1p-1}", ["1:9 `thing.ratio` is `0x1p-1`, but must be a number in [0, 1]"]),
    ("{flag: no}", ["1:8 `thing.flag` is `no`, but must be true or false"]),
    (
      "{mode: fats}",
      ["1:8 `thing.mode` is `fats`, but must be one of fast, slow | did you mean `fast`?"]
    ),
    (
      "{size: [2]}",
      ["1:8 `thing.size` is a list of 1, but must be a list of 2 integers from 2 to 64"]
    ),
    ("{size: [1, 2]}", ["1:9 `thing.size[0]` is `1`, but must be an integer from 2 to 64"]),
    (
      "{steps: automatic}",
      [
        "1:9 `thing.steps` is `automatic`, but must be one of auto, or an integer, at least 0"
      ]
    ),
    ("[1]", ["1:1 `thing` is a list of 1, but must be a group of fields, NAME: VALUE"]),
    (
      "cuont: 1\nratio: 2\nmode: [1]",
      [
        "1:1 unknown key `cuont` in `thing` | did you mean `count`?",
        "2:8 `thing.ratio` is `2`, but must be a number in [0, 1]",
        "3:7 `thing.mode` is a list of 1, but must be one of fast, slow",
      ]
    ),
  ]

  @Test(arguments: mistaken)
  func mistakesAreLocated(_ row: (text: String, messages: [String])) throws {
    let (record, problems) = try decode(row.text, Self.group)
    #expect(record == nil)
    #expect(problems == row.messages)
  }

  static let mistakenVariants: [(text: String, messages: [String])] = [
    ("{area: 1}", ["1:1 `shape` needs `kind`: one of square, disc"]),
    (
      "{kind: squre, area: 1, side: 1}",
      ["1:8 `shape.kind` is `squre`, but must be one of square, disc | did you mean `square`?"]
    ),
    (
      "{kind: square, area: 1, radius: 1}",
      [
        "1:1 `shape` needs `side`: a side (a number above 0)",
        "1:25 unknown key `radius` in `shape` | `radius` belongs to kind disc",
      ]
    ),
  ]

  @Test(arguments: mistakenVariants)
  func variantsKnowTheirFields(_ row: (text: String, messages: [String])) throws {
    let (record, problems) = try decode(row.text, Self.variants)
    #expect(record == nil)
    #expect(problems == row.messages)
  }

  @Test func variantsAreTold() throws {
    let (record, problems) = try decode("{radius: 2, kind: disc, area: 1e1}", Self.variants)
    #expect(record == ["kind": "disc", "area": .number(10), "radius": .number(2)])
    #expect(problems.isEmpty)
  }
}
