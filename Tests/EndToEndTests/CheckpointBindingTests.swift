import ContentHash
import FileSystem
import Foundation
import Testing
import Values

/// What a chain goes on from has to be its own: of the same contents, the same columns, the same kernel.
@Suite(.serialized) struct CheckpointBindingTests {
  private static func exact(seed: Int) -> String {
    ChainLengthTests.manifest(3000).replacing("seed: 11", with: "seed: \(seed)")
  }

  /// A project whose chain was stopped on the way, with the folder of its checkpoint.
  private func stopped(seed: Int) throws -> (project: Project, checkpoint: Path) {
    let project = try Project()
    try project.write(Self.exact(seed: seed))
    let call = try project.start(["run", "e.yaml", "--json"])
    for _ in 0..<2000 where project.leftovers.allSatisfy({ !$0.hasSuffix(".progress") }) {
      usleep(10_000)
    }
    call.terminate()
    let outcome = try call.collect()
    try #require(outcome.code == 143, "\(outcome.code) \(outcome.errors)")
    let checkpoints = project.store / "checkpoints"
    let family = try #require(try checkpoints.names().first)
    return (project, checkpoints / family)
  }

  /// As an archive or a copied store may bring one: whole, and under the name of this chain.
  @Test func theCheckpointOfAnotherChainIsNotContinued() throws {
    let (project, own) = try stopped(seed: 12)
    let (other, foreign) = try stopped(seed: 13)
    for name in try foreign.names() { try (own / name).replace(with: (foreign / name).read()) }
    for name in try own.names() where !(foreign / name).exists { (own / name).remove() }
    #expect(try project.run().code == 0)
    // Its own it does continue, and the end is the same.
    #expect(try other.run().code == 0)
    func clean(seed: Int) throws -> [String: String] {
      let project = try Project()
      try project.write(Self.exact(seed: seed))
      try #require(try project.run().code == 0)
      return try project.contents()
    }
    #expect(try project.contents() == clean(seed: 12))
    #expect(try other.contents() == clean(seed: 13))
    let log = try #require(try other.plan()["exact"]?.key)
    #expect(try (other.store / "logs/\(log).log").readText().contains("continuing after step"))
  }

  private static func learned(_ proposals: Int) -> String {
    """
    slmc: 1
    experiment: learned
    seed: 3
    stages:
      exact: {kind: exact-samples}
      model: {kind: train-model, needs: {samples: exact}}
      chain: {kind: self-learning-chain, needs: {model: model}}
    parameters:
      system: {kind: double-exchange, lattice: [4, 4], temperature: 0.2}
      exact: {samples: 60, replicas: 2, thermalisation: 5, stride: 2}
      model: {kind: linear, shells: 3}
      chain: {proposals: \(proposals), replicas: 2, innerSweeps: 4}
    """
  }

  private func made(_ proposals: Int) throws -> Project {
    let project = try Project()
    try project.write(Self.learned(proposals))
    try #require(try project.run().code == 0)
    return project
  }

  private func folder(_ project: Project) throws -> Path {
    project.artifact(try #require(try project.plan()["chain"]?.key))
  }

  /// A state that is whole but does not fit its rows: the chain begins from nothing, with all that
  /// comes before its first step.
  @Test func aStateThatDoesNotFitIsARunFromNothing() throws {
    let (short, long) = (try made(10), try made(30))
    let state = try (folder(short) / "state.bin").read()
    let place = try folder(long)
    let before = try #require(try long.metadata("chain")["state"]?.text)
    try long.overwrite(place / "state.bin", state)
    let text = try (place / "meta.json").readText()
    try long.overwrite(
      place / "meta.json",
      Array(text.replacing(before, with: Digest(of: state).description).utf8))
    try long.write(Self.learned(50))
    #expect(try long.plan()["chain"]?.action == "extend")
    #expect(try long.run().code == 0)
    #expect(try long.contents()["chain"] == made(50).contents()["chain"])
  }

  /// The kernel stands in every artifact's provenance; one of another is neither continued nor cut.
  @Test func aChainOfAnotherKernelIsLeftAlone() throws {
    let project = try made(30)
    let place = try folder(project)
    let kernel = try #require(try project.metadata("chain")["provenance"]?["blasKernel"]?.text)
    for proposals in [20, 50] {
      try project.write(Self.learned(proposals))
      #expect(try project.plan()["chain"]?.action == "extend")
    }
    let text = try (place / "meta.json").readText()
    let other = text.replacing(
      "\"blasKernel\": \"\(kernel)\"", with: "\"blasKernel\": \"Another\"")
    #expect(other != text)
    try project.overwrite(place / "meta.json", Array(other.utf8))
    for proposals in [20, 50] {
      try project.write(Self.learned(proposals))
      #expect(try project.plan()["chain"]?.action == "run", "\(proposals)")
    }
  }
}
