import FileSystem
import Testing
import Values

/// Baselines that are not there, not readable, or not of this manifest.
@Suite struct BaselineTests {
  @Test func workComesFirst() throws {
    let desk = try CheckTests.desk()
    try desk.store.removeTree()
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == 3)
    #expect(answer.errors.contains("1 of 1 jobs have not run yet"))
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 3)
  }

  @Test func withoutABaseline() throws {
    let desk = try CheckTests.desk()
    try desk.write(Desk.measurement(value: 1, error: 0.1), to: "plain.yaml")
    let plain = try desk.slmc("check", "plain.yaml")
    #expect(plain.code == 2)
    #expect(plain.errors.contains("add `baseline: results/m/baseline.json`"))
    #expect((desk.folder / "results/e/baseline.json").remove())
    let gone = try desk.slmc("check", "e.yaml")
    #expect(gone.code == 2)
    #expect(gone.errors.contains("slmc check e.yaml --update"))
  }

  /// What stands in the file, and what is said of it.
  static let broken: [(String, String)] = [
    ("{", "is not JSON"), ("{\"format\": \"other/1\"}", "of the format `other/1`"),
    ("[]", "without a format"), ("{\"format\": \"slmc-baseline/1\"}", "is damaged"),
  ]

  @Test(arguments: broken.indices) func unreadable(_ row: Int) throws {
    let desk = try CheckTests.desk()
    try (desk.folder / "results/e/baseline.json").write(Self.broken[row].0)
    let answer = try desk.slmc("check", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains(Self.broken[row].1), "\(answer.errors)")
    // A report does not fail for it.
    #expect(try desk.slmc("report", "e.yaml").code == 0)
  }

  @Test func anotherExperiment() throws {
    let desk = try CheckTests.desk()
    let text = CheckTests.manifest().replacing("experiment: e", with: "experiment: f")
    try desk.write(text, to: "f.yaml")
    let answer = try desk.slmc("check", "f.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("it is of the experiment `e`, not of `f`"))
  }

  @Test func otherParametersAreNamed() throws {
    let desk = try CheckTests.desk()
    let answer = try desk.slmc("check", "e.yaml", "-S", "settings.label=new")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("`settings.label` is same there and new here"))
  }

  @Test func pointsMustBeTheSame() throws {
    let desk = try CheckTests.desk()
    let sweep = "sweep: {product: {settings.label: [same, new]}}"
    try desk.write(CheckTests.manifest(sweep), to: "e.yaml")
    let more = try desk.slmc("check", "e.yaml")
    #expect(more.code == 2)
    #expect(more.errors.contains("fit[settings.label=new] has no results there"))
    try desk.slmc("run", "e.yaml", "--quiet")
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 0)
    #expect(try desk.slmc("check", "e.yaml").code == 0)
    // A part may be checked by itself; a smaller manifest may not pass for the whole.
    #expect(try desk.slmc("check", "e.yaml", "--only", "settings.label=new").code == 0)
    #expect(
      try desk.slmc("check", "e.yaml", "--update", "--only", "settings.label=new").code == 2)
    try desk.write(CheckTests.manifest(sweep.replacing(", new", with: "")), to: "e.yaml")
    let fewer = try desk.slmc("check", "e.yaml")
    #expect(fewer.code == 2)
    #expect(fewer.errors.contains("is in it and not in the manifest"))
  }

  @Test func aProfileHasItsOwn() throws {
    let desk = try Desk()
    let profile = "profiles: {ci: {set: {settings.label: small}}}"
    try desk.write(CheckTests.manifest(profile), to: "e.yaml")
    try desk.slmc("run", "e.yaml", "--profile", "ci", "--quiet")
    #expect(try desk.slmc("check", "e.yaml", "--profile", "ci", "--update").code == 0)
    #expect((desk.folder / "results/e/baseline.ci.json").exists)
    #expect(try desk.slmc("check", "e.yaml", "--profile", "ci").code == 0)
    #expect(try desk.slmc("check", "e.yaml").code == 2)
  }

  @Test func mistakesOfTheGateAreToldWithTheirPlace() throws {
    let desk = try Desk()
    for (gate, words) in [
      ("{level: 2}", "`gate.level` is `2`, but must be a number in (0, 0.5)"),
      (
        "{resolution: {energy: -1}}", "`gate.resolution.energy` is -1, but must be a number above 0"
      ),
      ("{lvel: 1}", "unknown key `lvel`"),
    ] {
      try desk.write(CheckTests.manifest("gate: \(gate)"), to: "e.yaml")
      let answer = try desk.slmc("check", "e.yaml")
      #expect(answer.code == 2)
      #expect(answer.errors.contains(words), "\(answer.errors)")
    }
  }
}
