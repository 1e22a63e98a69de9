import FileSystem
import Foundation
import Testing
import Values

/// The length of a chain is a coordinate: extended, cut or interrupted, it is one chain.
@Suite(.serialized) struct ChainLengthTests {
  static func manifest(_ samples: Int) -> String {
    """
    slmc: 1
    experiment: long
    seed: 11
    stages: {exact: {kind: exact-samples}}
    parameters:
      system: {kind: double-exchange, lattice: [4, 4], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.2}
      exact: {samples: \(samples), replicas: 2, thermalisation: 2, stride: 4}
    """
  }

  private func content(_ project: Project) throws -> String {
    try #require(try project.contents()["exact"])
  }

  /// run(N) == run(N/2), then SIGKILL and SIGTERM on the way to N, then N; and both are one prefix.
  @Test func oneRunOrManyPieces() throws {
    let whole = try Project()
    try whole.write(Self.manifest(600))
    #expect(try whole.run().code == 0)

    let pieces = try Project()
    try pieces.write(Self.manifest(300))
    #expect(try pieces.run().code == 0)
    let half = try content(pieces)
    try pieces.write(Self.manifest(600))
    #expect(try pieces.plan()["exact"]?.action == "extend")
    for (milliseconds, signal) in [(150, SIGKILL), (250, SIGTERM), (200, SIGTERM), (100, SIGKILL)] {
      let call = try pieces.start(["run", "e.yaml", "--json"])
      usleep(UInt32(milliseconds * 1000))
      guard call.isRunning else { break }
      kill(call.pid, signal)
      let outcome = try call.collect()
      #expect(
        outcome.wasKilled || outcome.code == 143 || outcome.code == 0,
        "\(outcome.code) \(outcome.errors)")
    }
    #expect(try pieces.run().code == 0)
    #expect(try content(pieces) == content(whole))
    try pieces.expectWhole()
    #expect(try (pieces.store / "checkpoints").names().isEmpty)

    // A cut of the long chain is the short chain.
    try whole.write(Self.manifest(300))
    #expect(try whole.plan()["exact"]?.action == "extend")
    #expect(try whole.run().made == ["exact"])
    #expect(try content(whole) == half)
  }

  /// A changed state of a cached chain is not continued: the chain is run from nothing, and right.
  @Test func aTamperedStateIsNotContinued() throws {
    let whole = try Project()
    try whole.write(Self.manifest(60))
    _ = try whole.run()
    let project = try Project()
    try project.write(Self.manifest(30))
    _ = try project.run()
    let key = try #require(try project.plan()["exact"]?.key)
    let state = project.artifact(key) / "state.bin"
    var bytes = try state.read()
    bytes[bytes.count / 2] ^= 1
    try project.overwrite(state, bytes)
    try project.write(Self.manifest(60))
    #expect(try project.run().code == 0)
    #expect(try content(project) == content(whole))
  }

  /// The same after damage to a checkpoint: the other slot or nothing is used, never the damaged one.
  @Test func aDamagedCheckpointIsNotContinued() throws {
    let project = try Project()
    try project.write(Self.manifest(600))
    let call = try project.start(["run", "e.yaml"])
    usleep(600_000)
    call.terminate()
    _ = try call.collect()
    for family in (try? (project.store / "checkpoints").names()) ?? [] {
      for slot in try (project.store / "checkpoints" / family).names() {
        let path = project.store / "checkpoints" / family / slot
        var bytes = try path.read()
        bytes[bytes.count * 3 / 4] ^= 1
        try path.write(bytes)
      }
    }
    #expect(try project.run().code == 0)
    let whole = try Project()
    try whole.write(Self.manifest(600))
    _ = try whole.run()
    #expect(try content(project) == content(whole))
  }
}
