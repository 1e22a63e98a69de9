import FileSystem
import Foundation
import Testing

/// The documentation shows the sources as they are, names files that exist, and what it tells a
/// reader to type works.
@Suite struct DocumentationTests {
  static let root = Path(#filePath).folder.folder.folder

  static let pages: [String] = {
    let names = (try? (root / "docs").names()) ?? []
    return ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
      + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }()

  static func text(_ page: String) throws -> String { try (root / page).readText() }

  /// The fenced blocks behind lines such as `<!-- file: PATH -->`.
  static func blocks(_ mark: String, in text: String) -> [(path: String, text: String)] {
    var found: [(String, String)] = []
    var path: String?
    var lines: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<!-- \(mark): ") {
        path = line.split(separator: " ").dropLast().last.map(String.init)
      } else if line.hasPrefix("```"), let name = path {
        guard let block = lines else {
          lines = []
          continue
        }
        found.append((name, block.map { $0 + "\n" }.joined()))
        (path, lines) = (nil, nil)
      } else {
        lines?.append(line)
      }
    }
    return found
  }

  @Test(arguments: pages) func blocksAreTheFilesThemselves(page: String) throws {
    let text = try Self.text(page)
    for block in Self.blocks("file", in: text) {
      let source = try (Self.root / block.path).readText()
      #expect(block.text == source, "\(page) shows an old \(block.path): sh Tools/embed.sh")
    }
  }

  @Test func partsAreInTheirFiles() throws {
    var count = 0
    for page in Self.pages {
      for block in Self.blocks("part of", in: try Self.text(page)) {
        count += 1
        let source = try (Self.root / block.path).readText()
        #expect(source.contains(block.text), "\(page): \(block.path) has changed")
      }
    }
    #expect(count >= 4)
  }

  /// Links, and the files that pages name as `Sources/…`, `Tests/…`, `docs/…`.
  @Test(arguments: pages) func namedFilesExist(page: String) throws {
    let text = try Self.text(page)
    let folder = (Self.root / page).folder
    for match in text.matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
      #expect((folder / String(match.output.1)).exists, "\(page) links to \(match.output.1)")
    }
    for match in text.matches(of: /`((Sources|Tests|Tools|docs|experiments)\/[A-Za-z0-9_\/.-]+)`/) {
      #expect((Self.root / String(match.output.1)).exists, "\(page) names \(match.output.1)")
    }
  }

  /// Pages that a reader follows with their own hands.
  @Test(arguments: ["adding-a-system", "adding-a-stage-kind", "tutorial"])
  func whatAPageSaysWorks(page: String) throws {
    let desk = try Desk()
    let script = (Self.root / "Tools/follow.sh").description
    let answer = try desk.system(
      "sh", script, (Self.root / "docs/\(page).md").description,
      environment: ["PATH": Desk.searchPath])
    #expect(answer.code == 0, "\(answer.output.suffix(2000))\n\(answer.errors.suffix(2000))")
    #expect(answer.output.contains("$ slmc run"))
  }
}
