import FileSystem
import Foundation
import Testing
import Values

/// A store as the program wrote it when this was committed. A later change of the layout, of a key or
/// of a description that would lose somebody's work fails this.
@Suite struct EarlierStoreTests {
  /// That with which the store was made: the last bits depend on it.
  private static let kernel = ["OPENBLAS_CORETYPE": "Haswell"]

  private func project() throws -> Project {
    let project = try Project()
    project.environment = Self.kernel
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/earlier-store")
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

  /// The chain is used as it is; the analysis, whose version was raised since, is made again.
  @Test func isReadAndOnlyWhatHasANewVersionIsMadeAgain() throws {
    let project = try project()
    let actions = try project.plan().mapValues(\.action)
    #expect(actions == ["note": "reuse", "exact": "reuse", "analysis": "run"])
    let verify = try project.slmc("verify")
    #expect(verify.code == 0, "\(verify.output)\(verify.errors)")
    let run = try project.run()
    #expect(run.code == 0 && run.made == ["analysis"], "\(run.output)\(run.errors)")
    #expect(try project.slmc("show", "e.yaml").output.contains("acceptance"))
  }

  /// The store has no index, so its chain is found by what it says of itself.
  @Test func itsChainGoesOn() throws {
    let project = try project()
    let manifest = try (project.folder / "e.yaml").readText()
    let longer = manifest.replacing("samples: 40", with: "samples: 90")
    try project.write(longer)
    #expect(try project.plan()["exact"]?.action == "extend")
    let run = try project.run("--until", "exact")
    let origin = run.events.first { $0["event"]?.text == "finished" }?["origin"]?.text
    #expect(run.code == 0 && origin == "extended", "\(run.output)\(run.errors)")
    let whole = try Project()
    whole.environment = Self.kernel
    try whole.write(longer)
    #expect(try whole.run("--until", "exact").code == 0)
    let contents = try [project, whole].map { try $0.metadata("exact")["content"]?.text }
    #expect(contents[0] != nil && contents[0] == contents[1])
  }
}
