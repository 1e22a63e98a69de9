import FileSystem
import Testing
import Values

/// One job that takes what a stage made along a swept parameter, from the run to the archive.
@Suite struct FanInTests {
  static func manifest(_ values: String = "[1, 2, 3]") -> String {
    """
    slmc: 1
    experiment: e
    stages:
      exact: {kind: exact-samples}
      sizes:
        kind: command
        needs: {chains: {stage: exact, over: system.massSquared}}
        with: {run: [sh, -c, 'ls *.h5 > list'], outputs: [list]}
    parameters:
      system: {kind: scalar-field, lattice: [4], massSquared: 1, lambda: 0}
      exact: {samples: 20, replicas: 1, thermalisation: 5}
    sweep: {product: {system.massSquared: \(values)}}
    """
  }

  private func isMade(_ outcome: Outcome) -> Bool { outcome.made.contains("sizes") }

  @Test func whatRunsWhen() throws {
    let project = try Project()
    try project.write(Self.manifest())
    let first = try project.run()
    #expect(first.code == 0 && first.made.count == 4, "\(first.errors)")
    #expect(try project.run().made == [])
    // One more point is one more input; without it again nothing is to do.
    try project.write(Self.manifest("[1, 2, 3, 4]"))
    let why = try project.slmc("plan", "e.yaml", "--why", "sizes").output
    #expect(why.contains("exact changed") || why.contains("run"), "\(why)")
    #expect(try project.run().made == ["exact[system.massSquared=4]", "sizes"])
    try project.write(Self.manifest())
    #expect(try project.run().made == [])
    // A longer chain is a changed input of the one job.
    let longer = try project.run("-S", "exact.samples=30", "--only", "system.massSquared=2")
    #expect(longer.made.count == 4 && isMade(longer), "\(longer.made)")
  }

  @Test func statusGarbageAndArchives() throws {
    let project = try Project()
    try project.write(Self.manifest())
    #expect(try project.run().code == 0)
    #expect(try project.slmc("status", "e.yaml").code == 0)
    #expect(try project.slmc("show", "e.yaml", "--all").code != 2)
    let inputs = try project.metadata("sizes")["inputs"]?.record?.names
    #expect(inputs == ["chains.001", "chains.002", "chains.003"])
    #expect(try project.slmc("gc", "e.yaml", "--delete").code == 0)
    #expect(try project.run().made == [])
    #expect(try project.slmc("export", "e.yaml", "--output", "a.tar").code == 0)
    let other = try Project()
    try other.write(Self.manifest())
    try (other.folder / "a.tar").write(try (project.folder / "a.tar").read())
    #expect(try other.slmc("import", "a.tar").code == 0)
    #expect(try other.run().made == [])
  }
}
