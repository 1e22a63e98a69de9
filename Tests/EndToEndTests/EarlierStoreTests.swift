import FileSystem
import Foundation
import Testing
import Values

/// A store as the program wrote it when this was committed. A later change of the layout, of a key or
/// of a description that would lose somebody's work fails this.
@Suite struct EarlierStoreTests {
  /// A store, what a plan does with it, and what a longer chain of its exact samples asks for.
  static let stores: [(fixture: String, actions: [String: String], longer: (String, String))] = [
    (
      "earlier-store", ["note": "reuse", "exact": "reuse", "analysis": "run"],
      ("samples: 40", "samples: 90")
    ),
    (
      "earlier-store-2",
      [
        "note": "reuse", "outside": "reuse", "exact": "reuse", "model": "reuse",
        "chain": "reuse", "analysis": "run",
      ], ("samples: 60", "samples: 90")
    ),
  ]

  private func project(_ name: String) throws -> Project {
    let project = try Project()
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/\(name)")
    let store = URL(fileURLWithPath: project.store.description)
    try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
    for name in ["artifacts", "format"] {
      try FileManager.default.copyItem(
        at: fixture.appending(path: name), to: store.appending(path: name))
    }
    try project.write(
      String(contentsOf: fixture.appending(path: "e.yaml"), encoding: .utf8), to: "e.yaml")
    return project
  }

  /// What it holds is used as it is; only what has a new version since is made again.
  @Test(arguments: stores.indices) func isReadAndOnlyWhatHasANewVersionIsMadeAgain(_ row: Int)
    throws
  {
    let (fixture, expected, _) = Self.stores[row]
    let project = try project(fixture)
    #expect(try project.plan().mapValues(\.action) == expected)
    let verify = try project.slmc("verify")
    #expect(verify.code == 0, "\(verify.output)\(verify.errors)")
    let run = try project.run()
    let made = expected.filter { $0.value == "run" }.keys.sorted()
    #expect(run.code == 0 && run.made == made, "\(run.output)\(run.errors)")
    #expect(try project.slmc("show", "e.yaml").output.contains("acceptance"))
  }

  /// Its artifacts hold no symbols; the plan knows them.
  @Test func itsResultsAreCalledAsNewOnes() throws {
    let project = try project("earlier-store-2")
    #expect(try project.run().code == 0)
    for (stage, name, label, unit) in [
      ("model", "residualSigma", "residual $\\sigma$", ""),
      ("analysis", "energy", "energy $e$", "$t$"),
      ("analysis", "spinCorrelation1", "$\\langle S \\cdot S\\rangle_{1}$", ""),
    ] {
      let table = try Value(
        json: try project.slmc("show", "e.yaml", "--stage", stage, "--json").output)
      let column = table["columns"]?.list?.first { $0["name"]?.text == name }
      #expect(column?["label"]?.text == label && column?["unit"]?.text == unit, "\(name)")
    }
  }

  /// The store has no index, so its chain is found by what it says of itself.
  @Test(arguments: stores.indices) func itsChainGoesOn(_ row: Int) throws {
    let (fixture, _, longer) = Self.stores[row]
    let project = try project(fixture)
    let manifest = try (project.folder / "e.yaml").readText().replacing(longer.0, with: longer.1)
    try project.write(manifest)
    #expect(try project.plan()["exact"]?.action == "extend")
    let run = try project.run("--until", "exact")
    let origin = run.events.first { $0["event"]?.text == "finished" }?["origin"]?.text
    #expect(run.code == 0 && origin == "extended", "\(run.output)\(run.errors)")
    let whole = try Project()
    try whole.write(manifest)
    #expect(try whole.run("--until", "exact").code == 0)
    let contents = try [project, whole].map { try $0.metadata("exact")["content"]?.text }
    #expect(contents[0] != nil && contents[0] == contents[1])
  }
}
