import Artifacts
import CommandLineTool
import Damage
import FileSystem
import Foundation
import Testing
import Theories
import Values

/// The program called thousands of times within this process, with files and words that were damaged:
/// every call ends with one of its exit codes. A crash would end the test run.
@Suite struct FuzzTests {
  let nowhere = unsafe open("/dev/null", O_WRONLY)

  private func call(_ words: String...) -> Int32 { call(words) }

  private func call(_ words: [String]) -> Int32 {
    CommandLineTool.run(
      ["slmc"] + words, theories: .standard, environment: [:], output: nowhere, errors: nowhere)
  }

  @Test func series() throws {
    let desk = try Desk()
    let rows = AutocorrelationTests.series(80).map { "\($0),\(1 - $0)\n" }
    let whole = "first,second\n" + rows.joined()
    var damage = Damage(seed: 1)
    var codes: [Int32: Int] = [:]
    for round in 0..<3000 {
      let file = desk.folder / "a.csv"
      let separator = [",", "\t", ";", "\r\n"][round % 4]
      try file.write(damage.damaged(whole.replacing(",", with: separator)))
      let choice = round % 8 < 4 ? ["--column", "first"] : []
      codes[call(["autocorrelation", file.description, "--json"] + choice), default: 0] += 1
    }
    #expect(Set(codes.keys) == [0, 2], "\(codes)")
  }

  static let manifest = """
    slmc: 1
    experiment: e
    stages:
      exact: {kind: exact-samples}
      note: {kind: constant, reads: [p]}
      model: {kind: train-model, needs: {samples: exact}}
      chain: {kind: self-learning-chain, needs: {model: model}}
    parameters:
      system: {kind: double-exchange, lattice: [4, 4], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.05}
      exact: {samples: 10, replicas: 2}
      model: {kind: linear, shells: all}
      chain: {proposals: 10, innerSweeps: auto}
      p: {x: 1}
    sweep: {product: {p.x: [1, 2], model.shells: [1, all]}}
    """

  static let settings = [
    "p.x=[1, {a: b}]", "system.temperature=0.1", "system.lattice=[6, 6]", "seed=3",
    "model.shells=all", "chain.proposals=2e4", "exact.samples=1000", "p.deep.er.still=~",
    "model.kind=attention", "exact.until={observable: energy, relativeError: 0.01}",
  ]

  @Test func settings() throws {
    let desk = try Desk()
    let file = try desk.write(Self.manifest, to: "e.yaml").description
    var damage = Damage(seed: 2)
    var codes: [Int32: Int] = [:]
    for round in 0..<2000 {
      let text = String(
        decoding: damage.damaged(Self.settings[round % Self.settings.count]), as: UTF8.self)
      let option = ["-S", "-S", "-S", "--only", "--until", "--profile"][round % 6]
      codes[call("plan", file, option, text, "--quiet"), default: 0] += 1
      codes[call("plan", file, option, text), default: 0] += 1
    }
    #expect(Set(codes.keys) == [0, 2], "\(codes)")
    #expect(codes[0, default: 0] > 50)
  }

  /// Paths that are followed name by name, and numbers that are multiplied.
  @Test func extremeWords() throws {
    let desk = try Desk.ran()
    let file = (desk.folder / "e.yaml").description
    let deep = String(repeating: "a.", count: 100_000) + "b"
    #expect(call("plan", file, "-S", "\(deep)=1") == 2)
    try desk.write(Desk.chain().replacing("first.value", with: deep), to: "deep/e.yaml")
    #expect(call("plan", (desk.folder / "deep/e.yaml").description) == 2)
    #expect(call("watch", file, "--once", "--interval", "9223372036854775807") == 0)
    let more = "second.value=8"
    #expect(try desk.slmc("run", "e.yaml", "-S", more, "--memory", "9223372036854775807").code == 0)
  }

  @Test func baselines() throws {
    let desk = try CheckTests.desk()
    let manifest = (desk.folder / "e.yaml").description
    let file = desk.folder / "results/e/baseline.json"
    let whole = try file.readText()
    var damage = Damage(seed: 3)
    var codes: [Int32: Int] = [:]
    for _ in 0..<1500 {
      try file.write(damage.damaged(whole))
      codes[call("check", manifest), default: 0] += 1
    }
    #expect(Set(codes.keys).isSubset(of: [0, 2, 4, 5]), "\(codes)")
    #expect(codes[2, default: 0] > 500)
  }

  /// meta.json of an artifact is no input of a hash: whatever it says, those who show it say something.
  @Test func descriptionsOfArtifacts() throws {
    let desk = try CheckTests.desk()
    let manifest = (desk.folder / "e.yaml").description
    let store = desk.store.description
    let key = try desk.key("fit")
    let file = desk.artifact(key) / "meta.json"
    let whole = try file.readText()
    try file.folder.setMode(0o755)
    try file.setMode(0o644)
    var damage = Damage(seed: 4)
    for round in 0..<400 {
      try file.write(damage.damaged(whole))
      for words in [
        ["status", manifest], ["ls", "--store", store], ["show", manifest], ["gc", manifest],
        ["show", key, "--store", store], ["trace", key, "--store", store], ["plan", manifest],
      ] {
        let code = CommandLineTool.run(
          ["slmc"] + words, theories: .standard, environment: [:], output: nowhere, errors: nowhere)
        #expect(
          [0, 1, 2, 3, 5, 6].contains(code), "round \(round): \(words[0]) ended with \(code)")
      }
    }
    for _ in 0..<60 {
      try file.write(damage.damaged(whole))
      _ = call("report", manifest)
    }
  }

  /// What a running job says of itself, as `status` and `watch` read it while it is written.
  @Test func progress() throws {
    let desk = try Desk()
    let manifest = try desk.write(Self.manifest, to: "e.yaml").description
    let key = try #require(try desk.keys().first { $0.key.hasPrefix("exact") }?.value)
    #expect(call("status", manifest) == 0)
    try (desk.store / "leases").createFolders()
    try (desk.store / "leases" / key).write(ProcessIdentity.current.tag)
    var damage = Damage(seed: 5)
    for round in 0..<2000 {
      try (desk.store / "leases" / "\(key).progress").write(
        damage.damaged("[120, 400, \"acceptance 0.5\", 12.5]"))
      #expect(call("status", manifest) == 0, "round \(round)")
      if round % 4 == 0 { #expect(call("watch", manifest, "--once") == 0, "round \(round)") }
    }
  }

  /// Whatever an archive says, only what is whole gets into a store.
  @Test func archives() throws {
    let desk = try Desk.ran()
    try #require(try desk.slmc("export", "e.yaml", "--output", "out.tar").code == 0)
    let file = desk.folder / "out.tar"
    let whole = try file.read()
    var damage = Damage(seed: 6)
    var codes: [Int32: Int] = [:]
    for round in 0..<300 {
      try file.write(damage.damaged(whole))
      let target = desk.folder / "into"
      let store = target / "store"
      let code = call(
        "import", file.description, "--output", target.description, "--store", store.description)
      codes[code, default: 0] += 1
      #expect(call("verify", "--store", store.description) == 0, "round \(round)")
      let strays = try (store / "tmp").names().filter { !$0.hasSuffix(".holder") }
      #expect(strays.isEmpty, "round \(round): \(strays)")
      try target.removeTree()
    }
    #expect(Set(codes.keys).isSubset(of: [0, 6]) && codes[6, default: 0] > 100, "\(codes)")
  }

  static let fragment = """
    system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.05}
    model: {kind: attention, activation: relu, couplings: [0.1, 0.2], offset: 1, layers: [[[0.1, 0.2], [0.3, 0.1], [0.5, 0.2]]]}
    """

  @Test func fragments() throws {
    let desk = try Desk()
    let file = desk.folder / "f.yaml"
    var damage = Damage(seed: 7)
    for round in 0..<1500 {
      try file.write(damage.damaged(Self.fragment))
      let code = call(
        "evaluate", file.description, "--spins", "\(desk.folder)/none.h5:/spins", "--output",
        "\(desk.folder)/out.h5")
      #expect(code == 2, "round \(round)")
    }
  }
}
