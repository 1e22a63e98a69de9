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
    for match in text.matches(of: /`((Sources|Tests|Tools|docs|experiments)\/[A-Za-z0-9_\/.+-]+)`/)
    {
      #expect((Self.root / String(match.output.1)).exists, "\(page) names \(match.output.1)")
    }
  }

  /// Follows a page as a reader does, in a folder of its own.
  private func follow(_ page: String, in desk: Desk, path: String) throws {
    let script = (Self.root / "Tools/follow.sh").description
    let answer = try desk.system(
      "sh", script, (Self.root / "docs/\(page).md").description, environment: ["PATH": path])
    #expect(answer.code == 0, "\(answer.output.suffix(2000))\n\(answer.errors.suffix(2000))")
    #expect(answer.output.contains("$ slmc run"))
  }

  @Test(arguments: ["adding-a-system", "adding-a-stage-kind"])
  func whatAPageSaysWorks(page: String) throws {
    try follow(page, in: Desk(), path: Desk.searchPath)
  }

  /// The folder of a Python with the packages of the tutorial: the system's, or one under the temporary
  /// directory that is made once and found again.
  private static let python: String? = {
    guard let desk = try? Desk() else { return nil }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slmc-python").path
    func works(_ path: String) -> Bool {
      let answer = try? desk.system(
        "python3", "-c", "import h5py, numpy, pandas, xarray", environment: ["PATH": path])
      return answer?.code == 0
    }
    let own = "\(folder)/bin:\(Desk.searchPath)"
    for path in [Desk.searchPath, own] where works(path) { return path }
    _ = try? desk.system("python3", "-m", "venv", folder)
    _ = try? desk.system(
      "timeout", "180", "\(folder)/bin/python", "-m", "pip", "install", "--quiet", "h5py", "pandas",
      "xarray")
    return works(own) ? own : nil
  }()

  @Test(.enabled(if: python != nil, "SKIPPED: no python3 with h5py, pandas and xarray"))
  func tutorialAndExampleScriptWork() throws {
    let path = try #require(Self.python)
    let desk = try Desk()
    try follow("tutorial", in: desk, path: path)
    let script = (Self.root / "docs/examples/load_sweep.py").description
    let answer = try desk.system(
      "python3", script, "experiments/warming.yaml", environment: ["PATH": path])
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(answer.output.contains("system.temperature"))
    #expect(answer.output.contains("accepted (4, 1000)"), "\(answer.output)")
  }
}
