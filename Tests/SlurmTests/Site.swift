import FileSystem
import Foundation
import ScratchFolders
import Testing
import Values

/// A project's folder on the private cluster.
final class Site {
  let scratch: ScratchFolder
  let manifest: String

  /// - Parameter slurm: more fields of the profile, as in `memory: 200`.
  init(_ body: String, slurm: String, nodes: String = PrivateSlurm.calm) throws {
    scratch = try ScratchFolder()
    manifest = """
      slmc: 1
      experiment: e
      \(body)
      profiles:
        cluster:
          slurm: {partition: main, linger: 2, options: ["\(nodes)"], \(slurm)}

      """
    try scratch.write(manifest, to: "e.yaml")
  }

  var folder: Path { scratch.path }
  var store: Path { folder / ".slmc" }

  private static let program: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (Path(own).folder / "slmc").description
  }()

  @discardableResult
  func slmc(_ line: String) throws -> (code: Int32, output: String) {
    slmc(line, configuration: try PrivateSlurm.configuration.get())
  }

  func slmc(_ line: String, configuration: String) -> (code: Int32, output: String) {
    PrivateSlurm.shell(
      "cd '\(folder)' && exec '\(Self.program)' \(line) 2>&1",
      environment: ["SLURM_CONF": configuration])
  }

  func submit(_ sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> String {
    let outcome = try slmc("submit e.yaml --profile cluster")
    #expect(outcome.code == 0, "\(outcome.output)", sourceLocation: sourceLocation)
    return outcome.output
  }

  func status() throws -> Value {
    try Value(json: try slmc("status e.yaml --json").output)
  }

  /// How many jobs are cached, over all stages.
  func cached() throws -> Int {
    try status()["stages"]?.list?.reduce(0) { $0 + ($1["cached"]?.integer ?? 0) } ?? 0
  }

  /// Waits until the condition holds; false after the time limit.
  func wait(_ seconds: Double = 180, for condition: () throws -> Bool) throws -> Bool {
    let limit = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < limit {
      if try condition() { return true }
      usleep(200_000)
    }
    return false
  }

  func waitUntilComplete(
    _ seconds: Double = 180, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let isComplete = try wait(seconds) { try status()["complete"] == .boolean(true) }
    let shown = isComplete ? "" : try slmc("status e.yaml").output
    #expect(isComplete, "\(shown)\(logs)", sourceLocation: sourceLocation)
  }

  /// Everything that the workers printed.
  var logs: String {
    PrivateSlurm.shell("tail -n +1 '\(store)'/submissions/*/workers/*.log").output
  }

  func waitForLog(_ text: String, _ seconds: Double = 120) throws {
    let isThere = try wait(seconds) { logs.contains(text) }
    #expect(isThere, "no \"\(text)\" in\n\(logs)")
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

  /// Jobs in the queue, `ID_TASK STATE NODE` a line.
  func queue() throws -> [(id: String, state: String, node: String)] {
    try PrivateSlurm.call("squeue -h -r -o '%i %T %N %k'").split(separator: "\n").compactMap {
      line in
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count > 3, let name = try (store / "submissions").names().first,
        words[3] == "slmc:\(name)"
      else { return nil }
      return (words[0], words[1], words[2])
    }
  }

  /// Processes that print to this store's worker logs, by job.
  func workerPid(_ job: String) -> Int32? {
    let log = PrivateSlurm.shell("head -1 '\(store)'/submissions/*/workers/\(job).log").output
    let words = log.split(separator: " ")
    return words.firstIndex(of: "process").flatMap { Int32(words[$0 + 1]) }
  }
}
