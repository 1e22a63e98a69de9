import FileSystem
import Foundation
import Testing
import Values

/// Results that say less do not take the place of those that say more.
@Suite struct FolderTests {
  /// y = x^2 at some x; the title names the label.
  static func manifest(
    name: String = "f", values: String = "[1, 2, 4, 8]", title: String = "At {settings.label}",
    more: String = ""
  ) -> String {
    """
    slmc: 1
    experiment: \(name)
    description: A square at {settings.label}.
    stages:
      fit:
        kind: command
        reads: [p, settings]
        with:
          run:
            - sh
            - -c
            - |
              x=$(grep -o '"x": *[0-9]*' parameters.json | grep -o '[0-9]*'); \
              echo "{\\"y\\": {\\"value\\": $((x*x)).0, \\"error\\": 0.5}}" > results.json
          outputs: [results.json]
    parameters: {p: {x: 1}, settings: {label: large}}
    sweep: {product: {p.x: \(values)}}
    figures:
      square: {from: fit, x: p.x, y: y, title: "\(title)"}
    profiles: {ci: {set: {settings.label: small}, sweep: {product: {p.x: [1, 2]}}}}
    \(more)
    """
  }

  private func drawn(_ desk: Desk, _ words: String...) throws -> Answer {
    let run = try desk.slmc(["run", "e.yaml", "--quiet"] + words.filter { $0 != "--force" })
    try #require(run.code == 0, "\(run.errors)")
    return try desk.slmc(["figures", "e.yaml"] + words)
  }

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.manifest(), to: "e.yaml")
    return desk
  }

  @Test func aProfileAndValuesHaveFoldersOfTheirOwn() throws {
    let desk = try desk()
    #expect(try drawn(desk).code == 0)
    let whole = try (desk.folder / "results/f/square.svg").read()
    #expect(try drawn(desk, "--profile", "ci").code == 0)
    #expect((desk.folder / "results/f/ci/square.svg").exists)
    #expect(try drawn(desk, "-S", "settings.label=other").code == 0)
    #expect((desk.folder / "results/f/adhoc/square.svg").exists)
    #expect(try drawn(desk, "--profile", "ci", "-S", "settings.label=other").code == 0)
    #expect((desk.folder / "results/f/ci/adhoc/fit.tsv").exists)
    #expect(try (desk.folder / "results/f/square.svg").read() == whole)
    // What is made on the spot is made anew each time, also with fewer points.
    #expect(try drawn(desk, "-S", "p.x=2").code == 0)
    for words in [["report", "e.yaml", "--profile", "ci"], ["report", "e.yaml"]] {
      #expect(try desk.slmc(words).code == 0)
    }
    let page = try (desk.folder / "results/f/ci/report.html").readText()
    #expect(page.contains("f, profile ci") && page.contains("A square at small."))
    #expect(try (desk.folder / "results/f/report.html").readText().contains("A square at large."))
  }

  @Test func fewerPointsDoNotReplaceMore() throws {
    let desk = try desk()
    #expect(try drawn(desk).code == 0)
    let folder = desk.folder / "results/f"
    let files = ["square.svg", "square.dat", "fit.tsv", "fit.json", "contents.json"]
    let before = try files.map { try (folder / $0).read() }
    try desk.write(Self.manifest(values: "[1, 2, 4]"), to: "e.yaml")
    let fewer = try drawn(desk)
    #expect(fewer.code == 3)
    #expect(
      fewer.errors.contains("square: not replaced: what is there has 1 more point, as fit[p.x=8]"),
      "\(fewer.errors)")
    #expect(fewer.errors.contains("--force replaces it"))
    #expect(try files.map { try (folder / $0).read() } == before)
    let report = try desk.slmc("report", "e.yaml")
    #expect(report.code == 3)
    #expect(report.errors.contains("was not written"), "\(report.errors)")
    #expect(!(folder / "report.html").exists)
    // Elsewhere they may go, and with the word for it also here.
    #expect(try desk.slmc("figures", "e.yaml", "--output", "there").code == 0)
    #expect(try drawn(desk, "--force").code == 0)
    #expect(try (folder / "square.dat").read() != before[1])
    #expect(try desk.slmc("figures", "e.yaml").code == 0)
    // More points again are welcome, and equal results give equal bytes.
    try desk.write(Self.manifest(), to: "e.yaml")
    #expect(try drawn(desk).code == 0)
    #expect(try files.map { try (folder / $0).read() } == before)
  }

  @Test func textsTakeValuesOfTheManifest() throws {
    let desk = try desk()
    #expect(try drawn(desk).code == 0)
    let svg = try (desk.folder / "results/f/square.svg").readText()
    #expect(
      svg.contains("<title>At large</title>") || svg.contains(">At large<"), "\(svg.prefix(900))")
    #expect(try drawn(desk, "--profile", "ci").code == 0)
    #expect(try (desk.folder / "results/f/ci/square.svg").readText().contains("At small"))
  }

  /// A title, and what `plan` says of it.
  static let texts: [(String, String)] = [
    ("At {settings.lable}", "there is no parameter `settings.lable` to put into the text"),
    ("At {p.x}", "`p.x` has 4 values here"),
  ]

  @Test(arguments: texts.indices) func aTextThatCannotBeFilledIsAMistake(_ row: Int) throws {
    let desk = try Desk()
    try desk.write(Self.manifest(title: Self.texts[row].0), to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains(Self.texts[row].1), "\(answer.errors)")
    #expect(answer.errors.contains("e.yaml:18:"), "the place: \(answer.errors)")
  }

  @Test func texIsNoPlaceholder() throws {
    let desk = try Desk()
    try desk.write(
      Self.manifest(title: "$M_{st.x}$ and {one} and \\\\mathrm{a.b}"), to: "e.yaml")
    #expect(try desk.slmc("plan", "e.yaml").code == 0)
  }

  @Test func twoManifestsOfOneNameAreRefused() throws {
    let desk = try desk()
    try desk.write(Self.manifest(), to: "copy.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("copy.yaml is the experiment `f` as well"), "\(answer.errors)")
    #expect(answer.errors.contains("e.yaml:2:13"))
    try desk.write(Self.manifest(name: "\"g\" # once f"), to: "copy.yaml")
    #expect(try desk.slmc("plan", "e.yaml").code == 0)
    try desk.write(Self.manifest(), to: "experiments/other.yaml")
    #expect(try desk.slmc("plan", "e.yaml").code == 2)
    #expect(try desk.slmc("plan", "experiments/other.yaml").code == 2)
  }

  /// Failures stand once in what a run prints, however many there are.
  @Test func failuresAreToldOnce() throws {
    let desk = try Desk()
    try desk.write(
      Self.manifest(values: "[1, 2]").replacing(
        "x=$(grep", with: "m=failed; echo why it $m >&2; exit 3; x=$(grep"),
      to: "e.yaml")
    let answer = try desk.slmc("run", "e.yaml")
    #expect(answer.code == 1)
    let said = answer.output + answer.errors
    #expect(said.components(separatedBy: "why it failed").count == 3, "\(said)")
  }
}
