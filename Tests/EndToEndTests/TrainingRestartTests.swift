import Foundation
import Testing

/// A training that is stopped again and again ends with the same bits as one that is left alone.
@Suite(.serialized) struct TrainingRestartTests {
  static func manifest(_ model: String, _ training: String) -> String {
    TrainingStageTests.manifest(
      TrainingStageTests.train, model: model, exact: "samples: 300",
      more: "  training: {\(training), patience: 1000}")
  }

  @Test(arguments: [
    (
      "{kind: attention, layers: 2, smearingShells: 3, couplingShells: 2}",
      "starts: 2, iterations: 60"
    ),
    ("{kind: cnn, patchShells: 1}", "method: adamw, epochs: 150, batch: 32, rotates: true"),
    (
      "{kind: invariant-network, smearingShells: 2, hidden: [4, 4]}",
      "iterations: 60, forceWeight: 0.25, forceDirections: 2"
    ),
  ])
  func stoppedAgainAndAgain(_ model: String, _ training: String) throws {
    let text = Self.manifest(model, training)
    let undisturbed = try Project()
    try undisturbed.write(text)
    #expect(try undisturbed.run().code == 0)

    let project = try Project()
    try project.write(text)
    #expect(try project.run("--until", "exact").code == 0)
    var stops = 0
    while stops < 100 {
      let call = try project.start(["run", "e.yaml", "--json"])
      // Later and later, so that a slow machine comes to an end too.
      usleep(UInt32(100_000 * (1 + stops)))
      if call.isRunning && stops < 12 { call.terminate() }
      let outcome = try call.collect()
      if outcome.code == 0 { break }
      #expect(!outcome.output.contains("\"failed\":1"), "\(outcome.output)")
      stops += 1
    }
    #expect(stops >= 1, "the training was over before it could be stopped")
    #expect(try project.contents() == undisturbed.contents())
  }
}
