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

  @Test func isReadAndNothingIsMadeAgain() throws {
    let project = try project()
    #expect(try project.plan().values.allSatisfy { $0.action == "reuse" })
    let run = try project.run()
    #expect(run.code == 0 && run.made.isEmpty, "\(run.output)\(run.errors)")
    let verify = try project.slmc("verify")
    #expect(verify.code == 0, "\(verify.output)\(verify.errors)")
    #expect(try project.slmc("show", "e.yaml").output.contains("acceptance"))
  }

  /// Its chain is continued, also towards a target.
  @Test func itsChainGoesOn() throws {
    let project = try project()
    let until = "exact.until={observable: energy, relativeError: 0.5}"
    for settings in [["-S", "exact.samples=60"], ["-S", "exact.samples=200", "-S", until]] {
      let run = try project.start(["run", "e.yaml", "--json"] + settings).collect()
      #expect(run.code == 0, "\(run.output)\(run.errors)")
      let exact = run.events.first { $0["id"]?.text == "exact" && $0["origin"] != nil }
      #expect(exact?["origin"]?.text == "extended", "\(run.output)")
    }
  }
}
