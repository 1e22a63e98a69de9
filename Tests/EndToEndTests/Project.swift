import FileSystem
import Foundation
import HDF5
import ScratchFolders
import Testing
import Values

/// What a call of the program came to.
struct Outcome {
  let code: Int32
  /// Whether a signal ended it.
  let wasKilled: Bool
  let output: String
  let errors: String

  /// The events of `run --json`.
  var events: [Value] {
    output.split(separator: "\n").compactMap { try? Value(json: String($0)) }
  }

  /// The jobs that this call made itself, ascending.
  var made: [String] {
    events.filter { event in
      event["event"]?.text == "finished"
        && ["made", "extended", "cut"].contains(event["origin"]?.text ?? "")
    }
    .compactMap { $0["id"]?.text }.sorted()
  }

  var failed: [String] {
    events.filter { $0["event"]?.text == "failed" }.compactMap { $0["id"]?.text }.sorted()
  }

  var summary: Value? { events.last { $0["event"]?.text == "summary" } }
}

/// A folder with manifests in which the built program is called.
final class Project {
  let scratch: ScratchFolder
  var environment: [String: String] = [:]

  init() throws { scratch = try ScratchFolder() }

  var folder: Path { scratch.path }
  var store: Path { folder / ".slmc" }

  static let program = BuiltProgram.path

  func write(_ text: String, to name: String = "e.yaml") throws {
    try scratch.write(text, to: name)
  }

  /// Starts the program; `collect` waits for its end.
  func start(_ words: [String], environment: [String: String] = [:]) throws -> Call {
    try Call(words, in: folder, environment: self.environment.merging(environment) { $1 })
  }

  @discardableResult
  func slmc(_ words: String..., environment: [String: String] = [:]) throws -> Outcome {
    try start(words, environment: environment).collect()
  }

  @discardableResult
  func run(_ more: String...) throws -> Outcome {
    try start(["run", "e.yaml", "--json"] + more).collect()
  }

  /// Every job's key and action, as `plan --json` has them.
  func plan(_ manifest: String = "e.yaml") throws -> [String: (key: String, action: String)] {
    let outcome = try slmc("plan", manifest, "--json")
    let stages = try Value(json: outcome.output)["stages"]?.list ?? []
    return Dictionary(
      stages.compactMap { stage in
        guard let id = stage["id"]?.text, let key = stage["key"]?.text,
          let action = stage["action"]?.text
        else { return nil }
        return (id, (key, action))
      }
    ) { first, _ in first }
  }

  func artifact(_ key: String) -> Path { store / "artifacts/\(key.prefix(2))/\(key)" }

  func metadata(_ id: String) throws -> Value {
    let key = try #require(try plan()[id]?.key)
    return try Value(json: try (artifact(key) / "meta.json").read())
  }

  /// Content digests of all jobs, read from the descriptions in the store.
  func contents() throws -> [String: String] {
    try plan().mapValues { job in
      try Value(json: try (artifact(job.key) / "meta.json").read())["content"]?.text ?? ""
    }
  }

  func overwrite(_ path: Path, _ bytes: [UInt8]) throws {
    try path.setMode(0o644)
    try path.write(bytes)
  }

  /// What a whole store never holds: leases, scratch folders, half-written artifacts.
  var leftovers: [String] {
    let tmp = ((try? (store / "tmp").names()) ?? []).map { "tmp/\($0)" }
    let leases = ((try? (store / "leases").names()) ?? []).map { "leases/\($0)" }
    return tmp + leases
  }
}

/// A running program with its output in files.
final class Call {
  private let process = Process()
  private let scratch: ScratchFolder

  init(_ words: [String], in folder: Path, environment: [String: String]) throws {
    scratch = try ScratchFolder()
    process.executableURL = URL(fileURLWithPath: Project.program.description)
    process.arguments = words
    process.currentDirectoryURL = URL(fileURLWithPath: folder.description)
    // Of the surroundings only the path, and the mistake that Tests/Mutations makes.
    let kept = ProcessInfo.processInfo.environment.filter {
      ["PATH", "SLMC_MISTAKE"].contains($0.key)
    }
    process.environment = ["PATH": "/usr/bin:/bin"].merging(kept) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try handle("output")
    process.standardError = try handle("errors")
    try process.run()
  }

  private func handle(_ name: String) throws -> FileHandle {
    try scratch.write("", to: name)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: (scratch.path / name).description))
  }

  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }
  func terminate() { Foundation.kill(process.processIdentifier, SIGTERM) }
  var isRunning: Bool { process.isRunning }
  var pid: Int32 { process.processIdentifier }

  func collect() throws -> Outcome {
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try (scratch.path / "output").readText(),
      errors: try (scratch.path / "errors").readText())
  }
}
