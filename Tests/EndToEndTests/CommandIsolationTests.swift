import FileSystem
import Foundation
import ScratchFolders
import Testing
import Values

enum Namespaces {
  /// What `slmc doctor` says of this machine.
  static let arePossible: Bool = {
    let project = try? Project()
    let doctor = try? project?.slmc("doctor", "--json").output
    let checks = doctor.flatMap { try? Value(json: $0) }?["checks"]?.list ?? []
    return checks.first { $0["name"]?.text == "commands" }?["verdict"]?.text == "good"
  }()
}

/// What the program of a `command` stage sees, writes and leaves behind.
@Suite(.enabled(if: Namespaces.arePossible, "no namespaces here: see slmc doctor"))
struct CommandIsolationTests {
  let project: Project

  init() throws { project = try Project() }

  private func run(_ script: String, more: String = "") throws -> Outcome {
    try project.write(script, to: "s.sh")
    try project.write(
      """
      slmc: 1
      experiment: apart
      stages:
        a: {kind: command, reads: [p], with: {run: [sh, s.sh], files: [s.sh], outputs: [out]\(more)}}
      parameters: {p: {x: 1}}
      """)
    return try project.run()
  }

  @Test func whatIsNotDeclaredCannotBeRead() throws {
    try project.write("secret", to: "outside")
    let outcome = try run("cat \(project.folder)/outside > out")
    #expect(outcome.code == 1 && outcome.output.contains("No such file"), "\(outcome.output)")
  }

  @Test func whatIsShownCanBeReadAndNotWritten() throws {
    let other = try ScratchFolder()
    try other.write("table", to: "t")
    let script = "cat \(other.path)/t > out; ! touch \(other.path)/new"
    let outcome = try run(script, more: ", shows: [\(other.path)]")
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(try other.path.names() == ["t"])
    // It is about this machine, and no part of the recipe.
    let key = try project.plan()["a"]?.key
    _ = try run(script)
    #expect(try project.plan()["a"]?.key == key)
  }

  @Test func nothingElseCanBeWritten() throws {
    let outcome = try run(
      "for place in \(project.folder)/new /usr/new ../new ../../new; do touch $place; done; true > out"
    )
    #expect(outcome.code == 0, "\(outcome.output)")
    #expect(!(project.folder / "new").exists && !Path("/usr/new").exists)
    #expect(project.leftovers.isEmpty)
  }

  @Test func itsFolderHasOneNameInEveryRun() throws {
    #expect(try run("pwd > out; echo $HOME >> out").code == 0)
    let content = try project.contents()["a"]
    try project.store.removeTree()
    _ = try project.run()
    #expect(try project.contents()["a"] == content)
  }

  /// Programs that begin a session of their own are out of reach of a signal to their group.
  @Test func whatItStartedEndsWithIt() throws {
    let mark = "61.\(UInt32.random(in: 1_000_000...UInt32.max))"
    let outcome = try run("setsid sleep \(mark) > /dev/null 2>&1 & true > out")
    #expect(outcome.code == 0, "\(outcome.output)")
    for name in try Path("/proc").names() where Int(name) != nil {
      let words = (try? Path("/proc/\(name)/cmdline").readText()) ?? ""
      #expect(!(words.hasPrefix("sleep") && words.contains(mark)))
    }
  }
}

/// What becomes of outputs that are no ordinary files, and of what else the program puts somewhere.
@Suite struct CommandOutputTests {
  let project: Project

  init() throws { project = try Project() }

  private func run(
    _ words: String, outputs: String = "[out]", environment: [String: String] = [:]
  ) throws -> Outcome {
    try project.write(
      """
      slmc: 1
      experiment: outputs
      stages: {a: {kind: command, with: {run: \(words), outputs: \(outputs)}}}
      """)
    return try project.slmc("run", "e.yaml", environment: environment)
  }

  @Test(arguments: [
    ("[mkfifo, out]", "it is a FIFO, where a file is due"),
    ("[ln, -s, /etc/passwd, out]", "it is a symbolic link, where a file is due"),
    ("[ln, -s, /dev/zero, out]", "it is a symbolic link, where a file is due"),
    ("[mkdir, out]", "it is a folder, where a file is due"),
    ("[truncate, -s, 1T, out]", "it is larger than 1 GiB, the most that is read here"),
    ("[\"true\"]", "the command did not write its output `out`"),
  ])
  func isRefused(_ words: String, _ reason: String) throws {
    let outcome = try run(words)
    #expect(outcome.code == 1 && outcome.output.contains(reason), "\(outcome.output)")
  }

  @Test func resultsNestedTooDeeply() throws {
    let outcome = try run(
      "[perl, -e, \"open F, '>results.json'; print F '[' x 100000\"]", outputs: "[results.json]")
    #expect(outcome.code == 1 && outcome.output.contains("nested too deeply"), "\(outcome.output)")
  }

  /// Also where nothing keeps the program from leaving its folder.
  @Test func onlyDeclaredFilesAreCommitted() throws {
    let open = ["SLMC_COMMANDS": "open"]
    let script = "echo x > ../state.bin; echo x > ../meta.json; echo x > ../data.h5; echo y > out"
    let outcome = try run("[sh, -c, \"\(script)\"]", environment: open)
    #expect(outcome.code == 0, "\(outcome.output)")
    let key = try #require(try project.plan()["a"]?.key)
    #expect(try project.artifact(key).names() == ["data.h5", "meta.json"])
    #expect(try project.slmc("verify").code == 0)
    #expect(project.leftovers.isEmpty)
  }

  @Test func strayProcessesEndAlsoWhereNothingIsKeptApart() throws {
    let mark = "62.\(UInt32.random(in: 1_000_000...UInt32.max))"
    let outcome = try run(
      "[sh, -c, \"setsid sleep \(mark) > /dev/null 2>&1 & true > out\"]",
      environment: ["SLMC_COMMANDS": "open"])
    #expect(outcome.code == 0, "\(outcome.output)")
    for name in try Path("/proc").names() where Int(name) != nil {
      let words = (try? Path("/proc/\(name)/cmdline").readText()) ?? ""
      #expect(!(words.hasPrefix("sleep") && words.contains(mark)))
    }
  }

  /// What a program costs is the job's cost, or predictions and chunks on a cluster mean nothing.
  @Test func theTimeOfTheProgramIsCounted() throws {
    let outcome = try run(
      "[sh, -c, \"i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done; true > out\"]")
    #expect(outcome.code == 0, "\(outcome.output)")
    let cost = try project.metadata("a")["provenance"]
    let (cpu, wall) = (cost?["cpuSeconds"]?.number, cost?["wallSeconds"]?.number)
    // The loop alone is most of what the job does, on a busy machine as well.
    #expect(try #require(cpu) > 0.1, "\(cpu ?? 0) of \(wall ?? 0) s")
  }

  @Test func ordersToTheTerminalAreMadeHarmless() throws {
    let outcome = try run("[sh, -c, \"printf 'x\\\\033]0;owned\\\\007y' >&2; exit 3\"]")
    #expect(outcome.code == 1 && outcome.output.contains("owned"))
    #expect(!outcome.output.contains("\u{1B}]"))
  }
}

/// A program that is no part of the project is no part of any key either; its change is noticed.
@Suite struct ProgramChangeTests {
  let project: Project
  let path: [String: String]

  init() throws {
    project = try Project()
    let tools = project.folder / "bin"
    path = ["PATH": "\(tools):/usr/bin:/bin"]
    try project.write(
      """
      slmc: 1
      experiment: program
      stages:
        a: {kind: command, with: {run: [tool], outputs: [out]}}
        b: {kind: command, needs: {of: a}, with: {run: [cp, of/out, out], outputs: [out]}}
      """)
  }

  private func install(_ word: String) throws {
    let tool = project.folder / "bin/tool"
    try project.write("#!/bin/sh\necho \(word) > out\n", to: "bin/tool")
    try tool.setMode(0o755)
  }

  private func run() throws -> Outcome {
    try project.slmc("run", "e.yaml", "--json", environment: path)
  }

  private func plan() throws -> Outcome {
    try project.slmc("plan", "e.yaml", "--exit-code", environment: path)
  }

  @Test func anEditedProgramOfOnesOwnIsWorkToDo() throws {
    try install("one")
    #expect(try run().made == ["a", "b"])
    #expect(try plan().code == 0)
    try install("two")
    let plan = try plan()
    #expect(plan.code == 3, "\(plan.output)")
    #expect(plan.output.contains("1 to do: the program tool changed"), "\(plan.output)")
    let outcome = try run()
    #expect(outcome.code == 0 && outcome.made == ["a", "b"], "\(outcome.output)\(outcome.errors)")
    #expect(try self.plan().code == 0)
    #expect(project.leftovers.isEmpty)
  }

  /// The same program in another place, and a machine without it: what is cached stands.
  @Test func whereItIsDecidesNothing() throws {
    try install("one")
    #expect(try run().code == 0)
    let elsewhere = project.folder / "other"
    try elsewhere.createFolders()
    try (project.folder / "bin/tool").rename(to: elsewhere / "tool")
    let moved = ["PATH": "\(elsewhere):/usr/bin:/bin"]
    #expect(try project.slmc("plan", "e.yaml", "--exit-code", environment: moved).code == 0)
    #expect(try plan().code == 0)
  }
}
