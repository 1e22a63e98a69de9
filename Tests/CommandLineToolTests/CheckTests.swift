import FileSystem
import Foundation
import Testing
import Values

/// The gate against a committed baseline. The baseline's text is edited to stand for results that
/// moved: what is compared is the same then, from the other side.
@Suite struct CheckTests {
  static let number = "\"energy\": [1.0, 0.1, "

  /// One measured number, 1.0(1), with its baseline.
  static func desk(more: String = "") throws -> Desk {
    let desk = try Desk()
    try desk.write(manifest(more), to: "e.yaml")
    try #require(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    let answer = try desk.slmc("check", "e.yaml", "--update")
    try #require(answer.code == 0, "\(answer.errors)")
    return desk
  }

  static func manifest(_ more: String = "", label: String = "same") -> String {
    Desk.measurement(name: "e", value: 1, error: 0.1).replacing("same", with: label)
      + "baseline: results/e/baseline.json\n\(more)\n"
  }

  /// Where a change of the baseline's text pretends to come from.
  enum Origin { case sameRecipe, otherVersion, otherPlatform }

  static func edit(_ desk: Desk, _ origin: Origin, _ changes: (String, String)...) throws {
    let file = desk.folder / "results/e/baseline.json"
    var text = try file.readText()
    func replaceDigest(of name: String) throws {
      let start = try #require(text.range(of: "\"\(name)\": \"")).upperBound
      text.replaceSubrange(
        start..<text.index(start, offsetBy: 64), with: String(repeating: "0", count: 64))
    }
    try replaceDigest(of: "content")
    switch origin {
    case .sameRecipe: break
    case .otherVersion: try replaceDigest(of: "key")
    case .otherPlatform: text = text.replacing("\"platform\": \"", with: "\"platform\": \"other ")
    }
    for (old, new) in changes {
      try #require(text.contains(old), "\(text)")
      text = text.replacing(old, with: new)
    }
    try file.write(text)
  }

  @Test func equalResultsAreIdentical() throws {
    let answer = try Self.desk().slmc("check", "e.yaml")
    #expect(answer.code == 0)
    #expect(answer.output.contains("1 of 1 job as in the baseline"))
    #expect(answer.output.contains("1 observable: 1 identical"))
  }

  /// Value of the baseline, its error, what is asked for, exit code, what is said.
  static let verdicts: [(String, String, Int32, String)] = [
    ("1.3, 0.4, ", "", 0, "1 consistent"),
    ("2.0, 0.04, ", "", 4, "1 observable moved away"),
    ("1.3, 0.4, ", "gate: {resolution: {energy: 0.5}}", 5, "could not have seen a shift of 0.5"),
    ("1.3, 0.4, ", "gate: {resolution: {energy: 5}}", 0, "1 consistent"),
    ("2.0, 0.04, ", "gate: {tolerance: {energy: 1}}", 0, "1 consistent"),
    ("2.0, null, ", "", 5, "1 not judged"),
    ("2.0, null, ", "gate: {tolerance: {energy: 0.5}}", 4, "moved away"),
    ("2.0, null, ", "gate: {tolerance: {energy: 1.5}}", 0, "1 consistent"),
  ]

  @Test(arguments: verdicts.indices) func verdict(_ row: Int) throws {
    let (value, more, code, words) = Self.verdicts[row]
    let desk = try Self.desk(more: more)
    try Self.edit(desk, .otherVersion, (Self.number, "\"energy\": [\(value)"))
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == code, "\(answer.output)\(answer.errors)")
    #expect(answer.output.contains(words), "\(answer.output)")
  }

  @Test func resultsThatAreNotConvergedAreUnderpowered() throws {
    let desk = try Self.desk()
    try Self.edit(
      desk, .otherVersion, (Self.number, "\"energy\": [1.3, 0.4, "),
      ("null, null, null]", "null, null, false]"))
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == 5)
    #expect(answer.output.contains("underpowered: not converged"))
  }

  @Test func otherBitsOfTheSameRecipeFail() throws {
    let desk = try Self.desk()
    try Self.edit(desk, .sameRecipe)
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == 4)
    #expect(answer.output.contains("changed under an unchanged version: fit"))
    #expect(try desk.slmc("check", "e.yaml", "--no-bits").code == 0)
  }

  /// The last bits of another machine need not be the same: the numbers decide, and it is said.
  @Test func onAnotherPlatformTheStatisticsDecide() throws {
    let desk = try Self.desk()
    try Self.edit(desk, .otherPlatform, (Self.number, "\"energy\": [1.3, 0.4, "))
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == 0, "\(answer.output)")
    #expect(answer.output.contains("another platform: the statistics decide"))
    #expect(
      answer.output.contains("baseline: other x86_64") || answer.output.contains("other aarch"))
    try Self.edit(desk, .otherPlatform, ("1.3, 0.4, ", "2.0, 0.04, "))
    #expect(try desk.slmc("check", "e.yaml").code == 4)
  }

  @Test func updateShowsWhatMoved() throws {
    let desk = try Self.desk()
    try Self.edit(desk, .otherVersion, (Self.number, "\"energy\": [2.0, 0.04, "))
    let answer = try desk.slmc("check", "e.yaml", "--update")
    #expect(answer.code == 0)
    #expect(answer.output.contains("2.00(4)") && answer.output.contains("inconsistent"))
    #expect(try desk.slmc("check", "e.yaml").code == 0)
  }

  @Test func jsonNamesEverything() throws {
    let desk = try Self.desk()
    try Self.edit(desk, .otherVersion, (Self.number, "\"energy\": [1.3, 0.4, "))
    let value = try desk.slmc("check", "e.yaml", "--json").json
    #expect(value["outcome"] == "passed")
    #expect(value["level"] == .number(0.01))
    let job = try #require(value["jobs"]?.list?.first)
    #expect(job["bits"] == "other recipe")
    let result = try #require(job["results"]?.list?.first)
    // (1 - 1.3) / sqrt(0.1^2 + 0.4^2)
    #expect(abs((result["z"]?.number ?? 0) + 0.3 / 0.17.squareRoot()) < 1e-12)
    #expect(result["verdict"] == "consistent")
  }

  @Test func junitCountsFailures() throws {
    let desk = try Self.desk()
    try Self.edit(desk, .sameRecipe, (Self.number, "\"energy\": [2.0, 0.04, "))
    #expect(try desk.slmc("check", "e.yaml", "--junit", "gate.xml").code == 4)
    let text = try (desk.folder / "gate.xml").readText()
    #expect(text.contains("tests=\"2\" failures=\"2\" errors=\"0\" skipped=\"0\""))
    #expect(text.contains("classname=\"e.fit\""))
    let unwritable = try desk.slmc("check", "e.yaml", "--junit", "nowhere/gate.xml")
    #expect(unwritable.code == 1)
    #expect(unwritable.errors.contains("nowhere/gate.xml"))
  }

  @Test func reportShowsTheComparison() throws {
    let desk = try Self.desk()
    #expect(try desk.slmc("report", "e.yaml").code == 0)
    let page = desk.folder / "results/e/report.html"
    #expect(try page.readText().contains("class=\"verdict passed\""))
    try Self.edit(desk, .otherVersion, (Self.number, "\"energy\": [2.0, 0.04, "))
    #expect(try desk.slmc("report", "e.yaml").code == 0)
    let text = try page.readText()
    #expect(text.contains("class=\"verdict failed\""))
    #expect(text.contains("id=\"comparison\"") && text.contains("results/e/baseline.json"))
  }
}
