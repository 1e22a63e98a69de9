import FileSystem
import Foundation
import Testing
import Values

/// While a chain is extended, what an earlier, shorter run gave is there to be looked at, marked.
@Suite struct PrefixTests {
  private static func manifest(_ samples: Int, replicas: Int = 2) -> String {
    """
    slmc: 1
    experiment: long
    seed: 11
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], temperature: 0.2}
      exact: {samples: \(samples), replicas: \(replicas), thermalisation: 2, stride: 2}
    figures: {f: {from: analysis, x: system.temperature, y: energy}}
    """
  }

  private func extended() throws -> Project {
    let project = try Project()
    try project.write(Self.manifest(60))
    try #require(try project.run().code == 0)
    try #require(try project.slmc("figures", "e.yaml").code == 0)
    try project.write(Self.manifest(120))
    return project
  }

  @Test func showGivesWhatThereIsSoFar() throws {
    let project = try extended()
    let short = try project.slmc("show", "e.yaml", "--stage", "analysis")
    #expect(short.code == 0, "\(short.errors)")
    #expect(short.output.contains("60 of 120 steps") && short.output.contains("energy"))
    #expect(short.errors.contains("1 of 1 jobs shown as far as their chains have come"))
    let whole = try project.slmc("show", "e.yaml", "--tsv")
    #expect(whole.output.contains("analysis.prefix") && whole.output.contains("60 of 120 steps"))
    #expect(try project.plan()["analysis"]?.action == "run", "nothing is taken for done")
    #expect(try project.run().code == 0)
    #expect(!(try project.slmc("show", "e.yaml").output.contains("steps")))
  }

  @Test func statusTellsThePartAndWhatIsMissing() throws {
    let project = try extended()
    let text = try project.slmc("status", "e.yaml").output
    #expect(text.contains("analysis: 60 of 120 steps so far"), "\(text)")
    #expect(text.contains("1 in part"))
    let value = try Value(json: try project.slmc("status", "e.yaml", "--json").output)
    #expect(value["complete"] == .boolean(false))
    #expect(value["prefixes"]?.list?.first?["wanted"] == .integer(120))
  }

  /// Figures of a part go where there is no better one, and say what they are.
  @Test func figuresOfAPartDoNotReplaceTheWhole() throws {
    let project = try extended()
    let there = try project.slmc("figures", "e.yaml", "--output", "there")
    #expect(there.code == 3)
    #expect(there.errors.contains("analysis: 60 of 120 steps so far"), "\(there.errors)")
    #expect((project.folder / "there/f.svg").exists)
    #expect(try project.run().code == 0)
    #expect(try project.slmc("figures", "e.yaml").code == 0)
    let picture = try (project.folder / "results/long/f.svg").read()
    // A third, longer chain is asked for and the second is gone: the first is all there is.
    let key = try #require(try project.plan()["exact"]?.key)
    try project.write(Self.manifest(240))
    try project.artifact(key).setMode(0o755)
    try project.artifact(key).removeTree()
    let worse = try project.slmc("figures", "e.yaml")
    #expect(worse.code == 3)
    #expect(
      worse.errors.contains(
        "f: not replaced: what is there has longer chains at 1 point, as 240 steps behind analysis "
          + "where these have 120"), "\(worse.errors)")
    #expect(try (project.folder / "results/long/f.svg").read() == picture)
  }

  @Test func planTellsOfTheCheckpoint() throws {
    let project = try Project()
    try project.write(Self.manifest(400_000, replicas: 1))
    let call = try project.start(["run", "e.yaml"])
    let checkpoints = project.store / "logs"
    for _ in 0..<400 where ((try? checkpoints.names()) ?? []).isEmpty { usleep(25_000) }
    usleep(700_000)
    call.terminate()
    #expect(try call.collect().code == 143)
    let text = try project.slmc("plan", "e.yaml").output
    #expect(
      text.firstMatch(of: /goes on from a checkpoint at step \d+ of 400000/) != nil, "\(text)")
  }
}
