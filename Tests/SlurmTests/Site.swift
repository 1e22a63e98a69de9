import FileSystem
import Foundation
import ScratchFolders
import Testing
import Values

/// A project's folder on the private cluster.
final class Site {
  let scratch: ScratchFolder
  let manifest: String
  private let isReal: Bool

  /// - Parameters:
  ///   - slurm: more fields of the profile, as in `memory: 200`.
  ///   - isReal: whether the cluster is needed, then in good order and with an empty queue.
  init(_ body: String, slurm: String, isReal: Bool = true) throws {
    scratch = try ScratchFolder()
    self.isReal = isReal
    let linger = slurm.contains("linger") ? "" : "linger: 2, "
    manifest = """
      slmc: 1
      experiment: e
      \(body)
      profiles:
        cluster:
          slurm: {partition: main, \(linger)\(slurm)}

      """
    try scratch.write(manifest, to: "e.yaml")
    if isReal { try PrivateSlurm.makeReady() }
  }

  /// Workers that are still there would make the folder anew.
  deinit { if isReal { try? PrivateSlurm.emptyQueue() } }

  var folder: Path { scratch.path }
  var store: Path { folder / ".slmc" }

  @discardableResult
  func slmc(_ line: String) throws -> (code: Int32, output: String) {
    slmc(line, configuration: try PrivateSlurm.configuration.get())
  }

  func slmc(_ line: String, configuration: String) -> (code: Int32, output: String) {
    PrivateSlurm.shell(
      "cd '\(folder)' && exec '\(BuiltProgram.path)' \(line) 2>&1",
      environment: ["SLURM_CONF": configuration])
  }

  func submit(_ sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> String {
    let outcome = try slmc("submit e.yaml --profile cluster")
    #expect(outcome.code == 0, "\(outcome.output)", sourceLocation: sourceLocation)
    return outcome.output
  }

  // MARK: Waiting

  /// What was waited for in vain, and how things stood then.
  struct Stuck: Error, CustomStringConvertible {
    let description: String
  }

  /// Ends the test when the condition does not come true in time: what follows rests on it.
  func wait(
    for what: String, _ seconds: Double = 90, until condition: () throws -> Bool
  ) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < end {
      if try condition() { return }
      usleep(250_000)
    }
    throw Stuck(
      description: """
        waited \(Int(seconds)) s in vain for: \(what)
        \(try slmc("status e.yaml").output)
        \(try PrivateSlurm.situation())
        \(logs)
        """)
  }

  func waitForLog(_ text: String) throws {
    try wait(for: "\"\(text)\" in a worker's log") { logs.contains(text) }
  }

  func waitUntilComplete(_ seconds: Double = 240) throws {
    try wait(for: "all jobs", seconds) { try status()["complete"] == .boolean(true) }
  }

  /// Until as many jobs were made that have a process of their own.
  func waitUntilMade(_ count: Int) throws {
    try wait(for: "\(count) jobs made") { made.count >= count }
  }

  func waitForRunning(_ count: Int) throws {
    try wait(for: "\(count) workers that run and have said so") {
      try running.count { workerPid($0.id) != nil } == count
    }
  }

  // MARK: What is there

  func status() throws -> Value {
    try Value(json: try slmc("status e.yaml --json").output)
  }

  /// How many jobs are cached, over all stages.
  func cached() throws -> Int {
    try status()["stages"]?.list?.reduce(0) { $0 + ($1["cached"]?.integer ?? 0) } ?? 0
  }

  /// Everything that the workers printed.
  var logs: String {
    PrivateSlurm.shell("tail -n +1 '\(store)'/submissions/*/workers/*.log 2>&1").output
  }

  /// Names of the jobs that workers made, as often as they were made.
  var made: [String] {
    logs.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      return words.count > 2 && ["made", "extended"].contains(words[1]) && words[0].hasSuffix("Z")
        && words[2].contains(where: { $0.isLetter })
        ? String(words[2]) : nil
    }.filter { $0 != "by" }
  }

  /// No job was made twice. A worker that was killed cannot say that its last job was committed.
  func expectMadeOnce(
    _ count: Int, killed: Int, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    let made = made
    #expect(Set(made).count == made.count, "\(logs)", sourceLocation: sourceLocation)
    #expect(
      (count - killed...count).contains(made.count), "\(logs)", sourceLocation: sourceLocation)
  }

  func hasCheckpoint() throws -> Bool {
    let folder = store / "checkpoints"
    return try folder.exists && !folder.names().isEmpty
  }

  /// Contents of all artifacts by key, of this store or another one in the folder.
  func contents(_ store: String = ".slmc") throws -> [String: String] {
    let artifacts = folder / store / "artifacts"
    var contents: [String: String] = [:]
    for shard in try artifacts.names() {
      for key in try (artifacts / shard).names() {
        let text = try (artifacts / shard / key / "meta.json").readText()
        contents[key] = try Value(json: text)["content"]?.text
      }
    }
    return contents
  }

  /// A local run of the same manifest, into a store of its own.
  func reference() throws -> [String: String] {
    let outcome = try slmc("run e.yaml --store reference --quiet")
    #expect(outcome.code == 0, "\(outcome.output)")
    return try contents("reference")
  }

  /// Nobody is left in the queue, and nobody left anything behind.
  func expectNothingLeft(_ sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    try wait(for: "an empty queue") { try queue().isEmpty }
    let leases = try (store / "leases").names()
    #expect(leases.isEmpty, sourceLocation: sourceLocation)
    #expect(try (store / "tmp").names().isEmpty, sourceLocation: sourceLocation)
  }
}
