import FileSystem
import Testing
import Values

@Suite struct DiffTests {
  private func compare(_ a: (Double, Double), _ b: (Double, Double)) throws -> (Answer, Value) {
    let desk = try Desk()
    try desk.write(Desk.measurement(name: "a", value: a.0, error: a.1), to: "a.yaml")
    try desk.write(Desk.measurement(name: "b", value: b.0, error: b.1), to: "b.yaml")
    for file in ["a.yaml", "b.yaml"] { try desk.slmc("run", file, "--quiet") }
    let answer = try desk.slmc("diff", "a.yaml", "b.yaml", "--json", "--exit-code")
    let job = try #require(try answer.json["jobs"]?.list?.first)
    return (answer, try #require(job["results"]?.list?.first, "\(answer.output)\(answer.errors)"))
  }

  @Test func equalExperimentsAreIdentical() throws {
    let (answer, result) = try compare((1, 0.1), (1, 0.1))
    #expect(answer.code == 0)
    #expect(try answer.json["verdict"] == "identical")
    #expect(result["z"] == .number(0))
  }

  /// z = 0.3 / sqrt(0.3^2 + 0.4^2) = 0.6.
  @Test func smallDifferencesAreConsistent() throws {
    let (answer, result) = try compare((1, 0.3), (1.3, 0.4))
    #expect(answer.code == 0)
    #expect(result["verdict"] == "consistent")
    #expect(abs((result["z"]?.number ?? 0) - 0.6) < 1e-12)
  }

  @Test func largeDifferencesAreInconsistent() throws {
    let (answer, result) = try compare((1, 0.03), (1.5, 0.04))
    #expect(answer.code == 4)
    #expect(result["verdict"] == "inconsistent")
    #expect(abs((result["z"]?.number ?? 0) - 10) < 1e-9)
  }

  @Test func parametersComeFirstAlsoBeforeAnythingRan() throws {
    let desk = try Desk.ran(Desk.chain(values: "[1]"))
    let other = Desk.chain(name: "f", values: "[1]").split(separator: "\n").map {
      $0.contains("second: {") ? "  second: {value: 8, more: x}" : String($0)
    }
    try desk.write(other.joined(separator: "\n") + "\n", to: "f.yaml")
    let answer = try desk.slmc("diff", "e.yaml", "f.yaml", "--json")
    let changes = try answer.json["parameters"]?.list ?? []
    #expect(changes.compactMap { $0["name"]?.text } == ["second.more", "second.value"])
    #expect(changes.last?["first"] == "7")
    #expect(changes.last?["second"] == "8")
    #expect(try answer.json["unmatched"]?.list?.count == 1)
  }

  @Test func artifactsTellTheParametersOfTheirInputs() throws {
    let desk = try Desk.ran()
    let keys = [try desk.key("b[first.value=1]"), try desk.key("b[first.value=3]")]
    let answer = try desk.slmc("diff", keys[0], keys[1])
    #expect(answer.code == 0)
    #expect(answer.output.contains("first.value  1  ->  3"))
  }
}
