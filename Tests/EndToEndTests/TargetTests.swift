import FileSystem
import Foundation
import HDF5
import Testing
import Values

/// Chains that run until an observable is known well enough: where they stop is part of what they
/// are, however they got there. Seeds are fixed, so nothing here can fail by chance.
@Suite(.serialized) struct TargetTests {
  static func manifest(
    _ error: String = "0.02", most: Int = 3000, observable: String = "magnetisation"
  ) -> String {
    """
    slmc: 1
    experiment: target
    seed: 11
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.2}
      exact: {samples: \(most), replicas: 2, thermalisation: 20, stride: 4, until: \(until(error, observable))}
    """
  }

  private static func until(_ error: String, _ observable: String) -> String {
    error == "never" ? error : "{observable: \(observable), relativeError: \(error)}"
  }

  private func project(_ manifest: String) throws -> Project {
    let project = try Project()
    try project.write(manifest)
    return project
  }

  private func length(_ project: Project) throws -> Int {
    try #require(try project.metadata("exact")["length"]?.integer)
  }

  /// Stops by itself, at the first of its lengths that does, and says so.
  @Test func stopsWhereTheTargetIsReached() throws {
    let project = try project(Self.manifest())
    #expect(try project.run().code == 0)
    let metadata = try project.metadata("exact")
    let length = try length(project)
    #expect(length < 3000 && metadata["limit"]?.integer == 3000)
    #expect(metadata["highlights"]?["converged"]?.boolean == true)
    let key = try #require(metadata["key"]?.text)
    let file = try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    let lengths = try file.integers(at: "/goal/lengths")
    let looks = [64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896]
    #expect(lengths == looks.filter { $0 <= length } && lengths.last == length)
    #expect(try file.integerAttribute("reached", of: "/goal") == 1)
    #expect(try file.stringAttribute("observable", of: "/goal") == "magnetisation")
    #expect(try file.shape(of: "/chain/magnetisation") == [2, length])
    let ratios = zip(try file.doubles(at: "/goal/error"), try file.doubles(at: "/goal/mean")).map(/)
    #expect(try #require(ratios.last) <= 0.02)
    let status = try project.slmc("status", "e.yaml", "--exit-code")
    #expect(status.code == 0 && status.output.contains("1 of 1 cached, converged"))
    #expect(try project.slmc("verify").code == 0)
  }

  /// Another limit stops it at the same step: nothing runs, also of what depends on it.
  @Test func aReachedTargetIsNotRunAgain() throws {
    let project = try project(Self.manifest())
    _ = try project.run()
    let keys = try project.plan().mapValues(\.key)
    for most in [try length(project), 2999, 50_000] {
      try project.write(Self.manifest(most: most))
      #expect(try project.plan().values.allSatisfy { $0.action == "reuse" }, "\(most)")
      #expect(try project.plan().mapValues(\.key) == keys)
      let run = try project.run()
      #expect(run.code == 0 && run.made.isEmpty)
    }
    // A limit below it is another chain: a beginning that did not get there.
    try project.write(Self.manifest(most: try length(project) - 1))
    #expect(try project.plan()["exact"]?.action == "extend")
    #expect(try project.run().code == 5)
  }

  /// Not reached: all is done, exit code 5, marked everywhere, and again without any work.
  @Test func notReachedIsFive() throws {
    let project = try project(Self.manifest("0.003", most: 200))
    for _ in 0..<2 {
      let run = try project.slmc("run", "e.yaml")
      #expect(run.code == 5, "\(run.output)\(run.errors)")
      #expect(
        run.output.contains("not converged: exact: magnetisation has relative error 0.0"),
        "\(run.output)")
      #expect(run.output.contains("after 200 steps where 0.003 was asked for"))
    }
    #expect(try project.run().summary?["notConverged"]?.list == [.text("exact")])
    #expect(try project.slmc("plan", "e.yaml").output.contains("1 of 1 cached, 1 not converged"))
    let plan = try Value(json: try project.slmc("plan", "e.yaml", "--json").output)
    #expect(plan["stages"]?.list?.first?["converged"]?.boolean == false)
    let status = try project.slmc("status", "e.yaml", "--exit-code")
    #expect(status.code == 5 && status.output.contains("exact: not converged: magnetisation"))
    let highlights = try project.metadata("analysis")["highlights"]
    #expect(highlights?["converged"]?.boolean == false)

    // More steps continue it, and what they make is what one run makes.
    try project.write(Self.manifest("0.003", most: 400))
    #expect(try project.plan()["exact"]?.action == "extend")
    let why = try project.slmc("plan", "e.yaml", "--why", "exact").output
    #expect(why.contains("extend 200 -> at most 400 steps"), "\(why)")
    #expect(try project.run().code == 5)
    let whole = try self.project(Self.manifest("0.003", most: 400))
    _ = try whole.run()
    #expect(try project.contents() == whole.contents())
  }

  /// Whatever is cached, killed or asked before, the artifact is that of one undisturbed run.
  @Test func oneChainHoweverItWasMade() throws {
    let whole = try project(Self.manifest("0.004", most: 40_000))
    #expect(try whole.run().code == 0)
    let expected = try whole.contents()
    let end = try length(whole)

    let tightened = try project(Self.manifest("0.02", most: 40_000))
    _ = try tightened.run()
    let cut = try project(Self.manifest("never", most: end + 100))
    _ = try cut.run()
    let extended = try project(Self.manifest("never", most: 1000))
    _ = try extended.run()
    for project in [tightened, cut, extended] {
      try project.write(Self.manifest("0.004", most: 40_000))
      #expect(try project.plan()["exact"]?.action == "extend")
      #expect(try project.run().code == 0)
      #expect(try project.contents() == expected)
    }

    let killed = try project(Self.manifest("0.004", most: 40_000))
    for (milliseconds, signal) in [(300, SIGTERM), (250, SIGTERM), (300, SIGKILL)] {
      let call = try killed.start(["run", "e.yaml"])
      usleep(UInt32(milliseconds * 1000))
      guard call.isRunning else { break }
      kill(call.pid, signal)
      _ = try call.collect()
    }
    #expect(try killed.run().code == 0)
    #expect(try killed.contents() == expected)
    try killed.expectWhole()
  }

  /// A checkpoint beyond the end is not thrown away: a tighter target goes on from there.
  @Test func aCheckpointBeyondTheEndIsKept() throws {
    let whole = try project(Self.manifest("0.004", most: 40_000))
    _ = try whole.run()
    let project = try project(Self.manifest("never", most: 1_000_000))
    let call = try project.start(["run", "e.yaml", "--until", "exact"])
    usleep(900_000)
    call.terminate()
    _ = try call.collect()
    try project.write(Self.manifest("0.02", most: 40_000))
    #expect(try project.run().code == 0)
    try project.write(Self.manifest("0.004", most: 40_000))
    #expect(try project.run().code == 0)
    #expect(try project.contents() == whole.contents())
  }

  /// Several targets of one chain run one after the other, each from where the last one stopped.
  @Test func aSweepOverTargetsIsOneChain() throws {
    let sweep = "\nsweep: {product: {exact.until.relativeError: [0.005, 0.02, 0.01]}}"
    let project = try project(Self.manifest(most: 40_000) + sweep)
    let run = try project.run("--jobs", "2")
    #expect(run.code == 0)
    let origins = run.events.filter { $0["event"]?.text == "finished" }
      .filter { $0["id"]?.text?.hasPrefix("exact") == true }.compactMap { $0["origin"]?.text }
    #expect(origins.first == "made" && Set(origins.dropFirst()).isSubset(of: ["extended", "cut"]))
    let contents = try project.contents()
    for target in ["0.005", "0.02", "0.01"] {
      let alone = try self.project(Self.manifest(target, most: 40_000))
      _ = try alone.run("--until", "exact")
      let key = try #require(try alone.plan()["exact"]?.key)
      let metadata = try Value(json: try (alone.artifact(key) / "meta.json").read())
      #expect(contents["exact[exact.until.relativeError=\(target)]"] == metadata["content"]?.text)
    }
  }

  static let mistakes: [(manifest: String, message: String)] = [
    (
      manifest(observable: "magnetization"),
      "e.yaml:9:90: error: the chain records no `magnetization`"
    ),
    (manifest(observable: "magnetization"), "did you mean `magnetisation`?"),
    (manifest(observable: "magnetisationBinder"), "has no value at a single step"),
    (manifest("0"), "`exact.until.relativeError` is `0`, but must be a number in (0, 1]"),
    (manifest("2"), "e.yaml:9:120: error: `exact.until.relativeError` is `2`"),
    (
      manifest().replacingOccurrences(of: "relativeError", with: "relativError"),
      "did you mean `relativeError`?"
    ),
    (
      manifest("never").replacingOccurrences(of: "until: never", with: "until: nevr"),
      "`exact.until` is `nevr`, but must be one of never, or a group with observable, relativeError"
    ),
  ]

  @Test(arguments: mistakes.indices) func refused(_ row: Int) throws {
    let outcome = try project(Self.mistakes[row].manifest).slmc("plan", "e.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains(Self.mistakes[row].message), "\(outcome.errors)")
  }
}
