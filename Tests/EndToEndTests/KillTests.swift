import ContentHash
import FileSystem
import Foundation
import ScratchFolders
import Testing
import Values

/// A small experiment with stages in process, in workers and outside, and its contents when nothing
/// disturbs it.
struct SmallExperiment {
  static let manifest = """
    slmc: 1
    experiment: small
    seed: 5
    stages:
      note: {kind: constant, reads: [p]}
      outside: {kind: command, needs: {in: note}, with: {run: [cp, parameters.json, out], outputs: [out]}, reads: [p]}
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
      last: {kind: constant, needs: {a: analysis, b: outside}}
    parameters:
      p: {x: 1}
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.5}
      exact: {samples: 100, replicas: 2, thermalisation: 5}
    sweep: {product: {p.x: [1, 2, 3, 4]}}
    """

  static func make() throws -> Project {
    let project = try Project()
    try project.write(manifest)
    return project
  }

  /// One undisturbed run serves all tests.
  static let reference: Result<[String: String], any Error> = Result {
    let project = try make()
    _ = try project.run()
    return try project.contents()
  }
}

extension Project {
  /// Whether everything in the store is what it says, and nothing else is in it.
  func expectWhole(sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    for job in try plan().values {
      let metadata = try Value(json: try (artifact(job.key) / "meta.json").read())
      let digest = Digest(of: try (artifact(job.key) / "data.h5").read()).description
      #expect(metadata["file"]?.text == digest, sourceLocation: sourceLocation)
    }
    #expect(leftovers.isEmpty, sourceLocation: sourceLocation)
  }
}

@Suite(.serialized) struct KillTests {
  /// SIGKILL at random moments, the same command after it: it continues and ends where an undisturbed
  /// run ends. What was committed is never made again.
  @Test func killedAtRandomMoments() throws {
    let reference = try SmallExperiment.reference.get()
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(20)
    var random = SystemRandomNumberGenerator()
    var kills = 0
    var completions = 0
    var project = try SmallExperiment.make()
    while kills < 100 && clock.now < limit {
      var before: Set<String> = []
      if kills % 8 == 0 {
        before = Set(try project.plan().filter { $0.value.action == "reuse" }.keys)
      }
      let call = try project.start(["run", "e.yaml", "--json"])
      usleep(UInt32.random(in: 0...250_000, using: &random))
      if call.isRunning {
        call.kill()
        kills += 1
      }
      let outcome = try call.collect()
      #expect(before.isDisjoint(with: outcome.made), "made again after \(kills) kills")
      guard !outcome.wasKilled else { continue }
      #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
      #expect(try project.contents() == reference)
      completions += 1
      project = try SmallExperiment.make()
    }
    for job in try project.plan() where job.key.hasPrefix("last") {
      try project.artifact(job.value.key).removeTree()
    }
    let last = try project.run()
    #expect(last.code == 0, "\(last.output)\(last.errors)")
    #expect(try project.contents() == reference)
    try project.expectWhole()
    #expect(kills >= 20, "the machine was too slow for this test: \(completions) completions")
  }

  /// Workers alone are killed: their job fails or the run continues without them, nothing is lost.
  @Test func workersKilled() throws {
    let project = try SmallExperiment.make()
    let call = try project.start(["run", "e.yaml", "--json"])
    for _ in 0..<200 where call.isRunning {
      for name in try Path("/proc").names() {
        guard let text = try? Path("/proc/\(name)/stat").readText(),
          let fields = text.split(separator: ")").last?.split(separator: " "),
          fields.count > 1, Int32(fields[1]) == call.pid, let pid = Int32(name)
        else { continue }
        kill(pid, SIGKILL)
      }
      usleep(5_000)
    }
    let outcome = try call.collect()
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("killed (signal 9)"))
    #expect(project.leftovers.filter { !$0.hasPrefix("tmp/") }.isEmpty)
    #expect(try project.run().code == 0)
    #expect(try project.contents() == SmallExperiment.reference.get())
    try project.expectWhole()
  }

  static let steps = ["staged", "described", "protected", "flushed", "renamed"]

  /// The process ends between two steps of a commit, as in a power cut.
  @Test(arguments: steps) func killedBetweenTheStepsOfACommit(_ step: String) throws {
    let project = try SmallExperiment.make()
    let crashed = try project.slmc("run", "e.yaml", "--json", environment: ["SLMC_CRASH_AT": step])
    #expect(crashed.wasKilled || crashed.code == 1)
    let committed = Set(try project.plan().filter { $0.value.action == "reuse" }.keys)
    if step == "renamed" { #expect(!committed.isEmpty) }
    let outcome = try project.run()
    #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)")
    #expect(committed.isDisjoint(with: outcome.made))
    #expect(try project.contents() == SmallExperiment.reference.get())
    try project.expectWhole()
  }

  @Test(arguments: steps) func aWorkerEndsBetweenTheStepsOfACommit(_ step: String) throws {
    let project = try SmallExperiment.make()
    _ = try project.run("--until", "note")
    let crashed = try project.slmc(
      "run", "e.yaml", "--json", "--until", "analysis", environment: ["SLMC_CRASH_AT": step])
    #expect(crashed.code == 1 && crashed.failed == ["exact"])
    let outcome = try project.run()
    #expect(outcome.made.contains("exact") == (step != "renamed"))
    #expect(try project.contents() == SmallExperiment.reference.get())
    try project.expectWhole()
  }
}
