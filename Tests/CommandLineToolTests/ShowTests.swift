import Testing
import Values

@Suite struct ShowTests {
  /// Two measuring stages; the first does not depend on the swept parameter.
  static let manifest = """
    slmc: 1
    experiment: pair
    stages:
      once:
        kind: command
        reads: [fixed]
        with: {run: [cp, given.json, results.json], files: [given.json], outputs: [results.json]}
      each:
        kind: command
        reads: [settings]
        with: {run: [cp, given.json, results.json], files: [given.json], outputs: [results.json]}
    parameters: {settings: {x: 0}, fixed: {y: 1}}
    sweep: {product: {settings.x: [1, 2.5, two]}}
    """

  static func ran(_ given: String = #"{"energy": {"value": -1.5, "error": 0.25}}"#) throws -> Desk {
    let desk = try Desk()
    try desk.write(manifest, to: "e.yaml")
    try desk.write(given, to: "given.json")
    let answer = try desk.slmc("run", "e.yaml", "--quiet")
    try #require(answer.code == 0, "\(answer.errors)")
    return desk
  }

  @Test func tsvIsOneTableOfTheWholeSweep() throws {
    let rows = try Self.ran().slmc("show", "e.yaml", "--tsv").output
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    #expect(rows.count == 5 && rows[4] == [""], "a header, three points and the last line end")
    let header = rows[0]
    #expect(header.first == "settings.x")
    let (once, each) = (header.firstIndex(of: "once.energy"), header.firstIndex(of: "each.energy"))
    #expect(rows[1...3].map { $0[0] } == ["1", "2.5", "two"])
    for row in rows[1...3] {
      #expect(row.count == header.count)
      #expect(once.map { row[$0] } == "-1.5" && each.map { row[$0] } == "-1.5")
    }
    #expect(header.contains("each.energy_error"))
  }

  @Test func aPointShowsTheBaseValueOfAnAxisThatItLeavesAlone() throws {
    let desk = try Desk()
    try desk.write(#"{"energy": 1}"#, to: "given.json")
    try desk.write(
      """
      slmc: 1
      experiment: deeper
      stages:
        each:
          kind: command
          reads: {settings: settings, model: rough}
          with: {run: [cp, given.json, results.json], files: [given.json], outputs: [results.json]}
      parameters: {rough: {depth: 4}, settings: {x: 0}}
      sweep:
        product: {settings.x: [1, 2]}
        include: [{settings.x: 3, rough.depth: 9}]
      """, to: "e.yaml")
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    for choice in [[], ["--stage", "each"]] {
      let rows = try desk.slmc(["show", "e.yaml", "--json"] + choice).json["rows"]?.list
      #expect(rows?.compactMap { $0["rough.depth"]?.spelling } == ["4", "4", "9"])
    }
  }

  @Test func jsonIsOneDocument() throws {
    let desk = try Self.ran()
    let table = try desk.slmc("show", "e.yaml", "--json").json
    #expect(table["table"]?.text == "pair")
    let points = table["rows"]?.list?.compactMap { $0["settings.x"]?.spelling }
    #expect(points == ["1", "2.5", "two"])
    #expect(table["rows"]?.list?[0]["each.energy"]?["error"]?.number == 0.25)
    let single = try desk.slmc("show", "e.yaml", "--json", "--stage", "each").json
    #expect(single["rows"]?.list?.count == 3)
    #expect(single["rows"]?.list?[0]["energy"]?["value"]?.number == -1.5)
  }

  @Test func columnsChooseResults() throws {
    let desk = try Self.ran(#"{"energy": -1.5, "order": 0.5}"#)
    let table = try desk.slmc("show", "e.yaml", "--stage", "each", "--columns", "order", "--tsv")
    #expect(table.output.hasPrefix("settings.x\torder\torder_artifact\n"))
    let wrong = try desk.slmc("show", "e.yaml", "--columns", "enegry")
    #expect(wrong.code == 2)
    #expect(wrong.errors.contains("did you mean `energy`?"))
  }

  /// Nothing that a person reads is wider than a page, and nothing is lost.
  @Test func wideTablesTurnOnTheirSide() throws {
    let names = (0..<30).map { "observableNumber\($0)" }
    let given =
      "{"
      + names.map { "\"\($0)\": {\"value\": 1.25, \"error\": 0.5}" }
      .joined(separator: ", ") + "}"
    let text = try Self.ran(given).slmc("show", "e.yaml", "--all").output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for name in names { #expect(text.contains("\n\(name) ")) }
    for point in ["x=1", "x=2.5", "x=two"] { #expect(text.contains(point)) }
  }
}
