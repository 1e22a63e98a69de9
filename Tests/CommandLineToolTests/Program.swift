import FileSystem
import Foundation
import ScratchFolders
import Testing
import Values

/// What a call of the program came to.
struct Answer {
  let code: Int32
  let output: String
  let errors: String

  /// The output as one JSON value.
  var json: Value { get throws { try Value(json: output) } }
}

/// A folder in which the built program is called, as a user would.
final class Desk {
  let scratch: ScratchFolder
  init() throws { scratch = try ScratchFolder() }

  var folder: Path { scratch.path }
  var store: Path { folder / ".slmc" }

  @discardableResult
  func write(_ text: String, to name: String) throws -> Path {
    try scratch.write(text, to: name)
  }

  private static let program = BuiltProgram.path.description

  @discardableResult
  func slmc(_ words: String..., environment: [String: String] = [:]) throws -> Answer {
    try call(Self.program, words, environment)
  }

  @discardableResult
  func slmc(_ words: [String]) throws -> Answer { try call(Self.program, words, [:]) }

  /// Another program of the system.
  func system(
    _ program: String, _ words: String..., environment: [String: String] = [:]
  ) throws -> Answer {
    try call("/usr/bin/env", [program] + words, environment)
  }

  /// With the built program in front.
  static var searchPath: String {
    let inherited = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return Path(program).folder.description + ":" + inherited
  }

  private func call(
    _ program: String, _ words: [String], _ environment: [String: String]
  ) throws -> Answer {
    let files = try ScratchFolder()
    func handle(_ name: String) throws -> FileHandle {
      try files.write("", to: name)
      return try FileHandle(forWritingTo: URL(fileURLWithPath: (files.path / name).description))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
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
    process.waitUntilExit()
    return Answer(
      code: process.terminationStatus, output: try (files.path / "output").readText(),
      errors: try (files.path / "errors").readText())
  }
}

extension Desk {
  /// Two null stages over a sweep of `a.value`; `b` reads `a` and a group of its own.
  static func chain(name: String = "e", values: String = "[1, 2, 3]", more: String = "") -> String {
    """
    slmc: 1
    experiment: \(name)
    stages:
      a: {kind: constant, reads: [first]}
      b: {kind: constant, needs: {input: a}, reads: [second]}
    parameters:
      first: {value: 0}
      second: {value: 7}
    sweep: {product: {first.value: \(values)}}
    \(more)

    """
  }

  /// A stage whose program writes one measured number.
  static func measurement(name: String = "m", value: Double, error: Double) -> String {
    """
    slmc: 1
    experiment: \(name)
    stages:
      fit:
        kind: command
        reads: [settings]
        with:
          run: [sh, -c, 'echo "{\\"energy\\": {\\"value\\": \(value), \\"error\\": \(error)}}" > results.json']
          outputs: [results.json]
    parameters: {settings: {label: same}}

    """
  }

  /// Writes the two-stage experiment and runs it.
  static func ran(_ text: String = Desk.chain()) throws -> Desk {
    let desk = try Desk()
    try desk.write(text, to: "e.yaml")
    let answer = try desk.slmc("run", "e.yaml", "--quiet")
    try #require(answer.code == 0, "\(answer.errors)")
    return desk
  }

  /// Keys of all jobs by name.
  func keys(_ manifest: String = "e.yaml") throws -> [String: String] {
    let stages = try slmc("plan", manifest, "--json").json["stages"]?.list ?? []
    return Dictionary(
      stages.compactMap { stage in
        guard let id = stage["id"]?.text, let key = stage["key"]?.text else { return nil }
        return (id, key)
      }
    ) { first, _ in first }
  }

  func key(_ name: String) throws -> String { try #require(try keys()[name]) }

  /// How many jobs are cached and how many are to do.
  func counts(_ manifest: String = "e.yaml") throws -> (cached: Int, toDo: Int) {
    let counts = try slmc("plan", manifest, "--json").json["counts"]
    return (
      counts?["reuse"]?.integer ?? -1,
      (counts?["run"]?.integer ?? 0) + (counts?["extend"]?.integer ?? 0)
    )
  }

  func artifact(_ key: String) -> Path { store / "artifacts/\(key.prefix(2))/\(key)" }

  /// Changes a committed file, as nobody should.
  func tamper(_ path: Path, _ change: (inout [UInt8]) -> Void) throws {
    var bytes = try path.read()
    change(&bytes)
    try path.folder.setMode(0o755)
    try path.setMode(0o644)
    try path.write(bytes)
  }
}
