import FileSystem
import Foundation
import Testing
import Values

/// Several instances at once on one store share the work: every job is made exactly once.
@Suite(.serialized) struct SharedStoreTests {
  @Test(arguments: [2, 8]) func severalAtOnce(_ count: Int) throws {
    let project = try SmallExperiment.make()
    let calls = try (0..<count).map { _ in
      try project.start(["run", "e.yaml", "--json", "--jobs", "1"])
    }
    let outcomes = try calls.map { try $0.collect() }
    for outcome in outcomes { #expect(outcome.code == 0, "\(outcome.output)\(outcome.errors)") }
    let made = outcomes.flatMap(\.made)
    #expect(made.sorted() == (try project.plan().keys.sorted()))
    #expect(try project.contents() == SmallExperiment.reference.get())
    try project.expectWhole()
  }

  /// A dead instance's lease is taken over while another instance lives.
  @Test func oneOfThreeIsKilled() throws {
    let project = try SmallExperiment.make()
    let calls = try (0..<3).map { _ in
      try project.start(["run", "e.yaml", "--json", "--jobs", "1"])
    }
    usleep(60_000)
    calls[0].kill()
    let outcomes = try calls.map { try $0.collect() }
    for outcome in outcomes.dropFirst() { #expect(outcome.code == 0, "\(outcome.output)") }
    #expect(try project.contents() == SmallExperiment.reference.get())
    _ = try project.run()
    try project.expectWhole()
  }

  /// A wider sweep meets a narrower one in the same store.
  @Test func overlappingExperiments() throws {
    let project = try SmallExperiment.make()
    try project.write(
      SmallExperiment.manifest.replacingOccurrences(of: "[1, 2, 3, 4]", with: "[3, 4, 5]")
        .replacingOccurrences(of: "experiment: small", with: "experiment: other"),
      to: "f.yaml")
    let calls = try ["e.yaml", "f.yaml"].map { try project.start(["run", $0, "--json"]) }
    for outcome in try calls.map({ try $0.collect() }) { #expect(outcome.code == 0) }
    #expect(try project.contents() == SmallExperiment.reference.get())
    try project.expectWhole()
  }
}
