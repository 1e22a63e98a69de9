import FileSystem
import Foundation
import HDF5
import Testing
import Values

@Suite struct CommandStageTests {
  let project: Project

  init() throws { project = try Project() }

  private func make(_ script: String, outputs: String = "[out]", extra: String = "") throws
    -> Outcome
  {
    try project.write(script, to: "tools/s.sh")
    try project.write(
      """
      slmc: 1
      experiment: command
      stages:
        c: {kind: constant, reads: [p]}
        a: {kind: command, reads: [p], needs: {in: c}, with: {run: [sh, tools/s.sh], files: [tools/s.sh], outputs: \(outputs)}}
      \(extra)parameters: {p: {x: 1, list: [1, 2]}}
      """)
    return try project.run()
  }

  private func output(_ name: String, of id: String = "a") throws -> String {
    let key = try #require(try project.plan()[id]?.key)
    let file = try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    return String(decoding: try file.bytes(at: "/outputs/\(name)"), as: UTF8.self)
  }

  @Test func theFolderHoldsWhatIsDeclaredAndNothingElse() throws {
    try project.write("x", to: "undeclared")
    let outcome = try make("found=$(find . | sort); echo \"$found\" > out; env | sort >> out")
    #expect(outcome.code == 0, "\(outcome.output)")
    let lines = try output("out").split(separator: "\n").map(String.init)
    #expect(lines.prefix(5) == [".", "./in.h5", "./parameters.json", "./tools", "./tools/s.sh"])
    let names = lines.dropFirst(5).map { String($0.prefix { $0 != "=" }) }
    let expected = [
      "HOME", "LC_ALL", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PATH",
      "TMPDIR",
    ]
    #expect(Set(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == Set(expected))
  }

  @Test func parametersAndResults() throws {
    let outcome = try make(
      """
      cp parameters.json out
      echo '{"energy": -1.5, "tau": {"value": 3, "error": 0.25, "unit": "steps"}, "note": "x"}' > results.json
      """, outputs: "[out, results.json]")
    #expect(outcome.code == 0, "\(outcome.output)")
    let parameters = try Value(json: try output("out"))
    #expect(
      parameters
        == .record(["p": .record(["x": .integer(1), "list": .list([.integer(1), .integer(2)])])]))
    let key = try #require(try project.plan()["a"]?.key)
    let file = try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    #expect(try file.children(of: "/results") == ["energy", "tau"])
    #expect(try file.doubles(at: "/results/tau") == [3])
    #expect(try project.slmc("show", "e.yaml").output.contains("energy"))
  }

  @Test func resultsThatAreNotJSON() throws {
    let outcome = try make("echo '{' > results.json", outputs: "[results.json]")
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("results.json is not valid JSON"))
  }

  @Test func aProgramThatDoesNotExist() throws {
    try project.write(
      """
      slmc: 1
      experiment: command
      stages: {a: {kind: command, with: {run: [no-such-program], outputs: [out]}}}
      """)
    let outcome = try project.run()
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("there is no program `no-such-program`"))
  }

  /// A killed tool takes its worker and the worker's program with it.
  @Test func nothingIsLeftRunning() throws {
    let mark = "\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    try project.write("sleep 60.\(mark.filter(\.isNumber)) & sleep 61; true > out\n", to: "s.sh")
    try project.write(
      """
      slmc: 1
      experiment: command
      stages: {a: {kind: command, with: {run: [sh, s.sh], files: [s.sh], outputs: [out]}}}
      """)
    let call = try project.start(["run", "e.yaml"])
    func sleeping() throws -> Bool {
      try Path("/proc").names().contains { name in
        guard Int(name) != nil, let words = try? Path("/proc/\(name)/cmdline").readText() else {
          return false
        }
        return words.contains("60.\(mark.filter(\.isNumber))")
      }
    }
    for _ in 0..<400 { if try sleeping() { break } else { usleep(10_000) } }
    #expect(try sleeping())
    call.kill()
    _ = try call.collect()
    for _ in 0..<800 { if try !sleeping() { break } else { usleep(10_000) } }
    #expect(try !sleeping())
  }
}
