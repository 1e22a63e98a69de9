import FileSystem
import Foundation
import Testing
import Values

/// A store as the program wrote it when this was committed. A later change of the layout, of a key or
/// of a description that would lose somebody's work fails this.
@Suite struct EarlierStoreTests {
  private func project() throws -> Project {
    let project = try Project()
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
}
