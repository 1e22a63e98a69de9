import FileSystem
import Foundation
import Testing

/// Every message that the tool can give: Tests/Fixtures/mistakes.txt holds what was done, the exit code
/// and the text, and is made again here.
@Suite struct MistakeTableTests {
  @Test func everyMistakeIsAnsweredAsTheTableSays() throws {
    let table = DocumentationTests.root / "Tests/Fixtures/mistakes.txt"
    let script = DocumentationTests.root / "Tools/mistakes.sh"
    let answer = try Desk().system(
      "sh", script.description, table.description, environment: ["PATH": Desk.searchPath])
    try #require(answer.code == 0, "\(answer.errors)")
    let (expected, found) = (Self.entries(try table.readText()), Self.entries(answer.output))
    #expect(expected.count >= 140)
    for (name, text) in expected { #expect(found[name] == text, "\(name)") }
    #expect(found.count == expected.count)
  }

  /// The messages say what to do, end with the code of their kind and show nothing of the inside.
  @Test func theTableItselfIsInOrder() throws {
    let entries = Self.entries(
      try (DocumentationTests.root / "Tests/Fixtures/mistakes.txt").readText())
    for (name, text) in entries {
      #expect(text.contains("\n["), "\(name) has no exit code: sh Tools/mistakes.sh")
      for word in ["Fatal", "unwrap", "nil", "Optional(", ".swift", "Error(", "/tmp/"] {
        #expect(!text.contains(word), "\(name) shows `\(word)`")
      }
    }
  }

  private static func entries(_ text: String) -> [String: String] {
    let parts = ("\n" + text).components(separatedBy: "\n=== ").dropFirst()
    let named = parts.map { part in
      (String(part.prefix { $0 != "\n" }), String(part.drop { $0 != "\n" }).trimmed)
    }
    return Dictionary(named) { first, _ in first }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
