import FileSystem
import Testing

/// Every published experiment is guarded by a baseline of its whole run and by one of its small run.
@Suite struct ExperimentGuardTests {
  private static let root = DocumentationTests.root

  static let experiments: [String] =
    ((try? (root / "experiments").names()) ?? []).filter { $0.hasSuffix(".yaml") }.sorted()

  @Test func thereAreExperiments() { #expect(Self.experiments.count >= 13) }

  /// What `make gate` and `slmc check` need.
  @Test(arguments: experiments) func hasBothBaselines(_ file: String) throws {
    let text = try (Self.root / "experiments" / file).readText()
    let name = String(file.dropLast(".yaml".count))
    #expect(text.contains("\nexperiment: \(name)\n"), "its results go to results/\(name)")
    #expect(text.contains("\nbaseline: results/\(name)/baseline.json\n"))
    for baseline in ["baseline.ci.json", "README.md", "baseline.json"] {
      let path = Self.root / "results" / name / baseline
      #expect(path.exists, "slmc check experiments/\(file) --update writes \(path)")
    }
  }

  @Test(arguments: experiments) func hasASmallRun(_ file: String) throws {
    let desk = try Desk()
    let manifest = (Self.root / "experiments" / file).description
    let plan = try desk.slmc(
      "plan", manifest, "--profile", "ci", "--store", desk.store.description, "--json")
    #expect(plan.code == 0, "\(plan.errors)")
  }
}
