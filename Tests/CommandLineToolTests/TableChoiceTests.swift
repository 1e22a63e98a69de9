import FileSystem
import Testing
import Values

/// Tables as manifests declare them, on numbers that a stage's program writes for every point.
@Suite struct TableChoiceTests {
  /// Nine results, of which a reader wants few; y = x with tau, z_k = k.
  private static func manifest(_ parts: String) -> String {
    let program = """
      x=$(grep -o '"x": *[0-9]*' parameters.json | grep -o '[0-9]*'); \
      echo "{\\"y\\": {\\"value\\": $x.0, \\"error\\": 0.5}, \\"energy\\": -1.5, \\"z1\\": 1, \
      \\"z2\\": 2, \\"z3\\": 3, \\"z4\\": 4, \\"z5\\": 5, \\"z6\\": 6, \\"z7\\": 7}" > results.json
      """
    return """
      slmc: 1
      experiment: f
      stages:
        some:
          kind: command
          reads: [p]
          with:
            run:
              - sh
              - -c
              - |
                \(program)
            outputs: [results.json]
      parameters: {p: {x: 1, fixed: 7}}
      sweep: {product: {p.x: [1, 2, 4]}}
      \(parts)

      """
  }

  private func desk(_ parts: String) throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.manifest(parts), to: "e.yaml")
    let run = try desk.slmc("run", "e.yaml", "--quiet")
    try #require(run.code == 0, "\(run.errors)")
    return desk
  }

  private func lines(_ desk: Desk, _ name: String) throws -> [String] {
    try (desk.folder / "results/f/\(name)").readText().split(separator: "\n").map(String.init)
  }

  @Test func columnsRowsAndNamesAreAsDeclared() throws {
    let desk = try desk(
      """
      tables:
        chosen: {from: some, columns: [p.x, z3, y], where: {p.fixed: 7}, names: {z3: "$z_3$"}}
        late: {from: some, columns: [y, p.x, y.converged], where: {p.x: 4}}
      """)
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(answer.output.contains("results/f/chosen.tex"))
    let chosen = try lines(desk, "chosen.tsv")
    #expect(chosen.count == 4)
    #expect(chosen[0].hasPrefix("p.x\tz3\tz3_artifact\ty\ty_error"))
    #expect(try lines(desk, "chosen.tex").contains("x & $z_3$ & y \\\\"))
    #expect(try lines(desk, "chosen.tex").contains("$2$ & $3$ & $2.0(5)$ \\\\"))
    let late = try lines(desk, "late.tsv")
    #expect(late.count == 2)
    #expect(late[1].hasPrefix("4.0\t0.5\t"))
    // The whole table of the stage stays for programs; on paper it is short.
    #expect(try lines(desk, "some.tsv")[0].contains("z7"))
    let short = try (desk.folder / "results/f/some.tex").readText()
    #expect(short.contains("energy") && !short.contains("z7"))
    let shown = try desk.slmc("show", "e.yaml", "--table", "chosen")
    #expect(shown.output.contains("p.x  z3") && shown.output.contains("4.0(5)"))
  }

  /// Of several stages one below the other; without columns what a reader wants first.
  @Test func beforeARunATableWaitsAsAFigureDoes() throws {
    let desk = try Desk()
    try desk.write(
      Self.manifest("tables: {short: {from: some, columns: [p.x, y]}}"), to: "e.yaml")
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 3, "\(answer.errors)")
    #expect(answer.errors.contains("short: stage `some` has no results yet"))
    #expect(!answer.errors.contains("error:"))
  }

  @Test func severalStages() throws {
    let desk = try desk(
      """
      figures: {f: {from: some, x: p.x, y: z4}}
      tables: {both: {from: [some, some], names: {some: first}}}
      """)
    #expect(try desk.slmc("figures", "e.yaml").code == 0)
    let rows = try lines(desk, "both.tex").filter { $0.hasPrefix("first & ") }
    #expect(rows.count == 6)
    #expect(try lines(desk, "both.tsv")[0].contains("\tz4\t"))
    #expect(try !lines(desk, "both.tsv")[0].contains("z5"))
  }

  /// What is declared, and what is said of it; the good table beside it is made every time.
  static let mistakes: [(String, String)] = [
    ("{from: some, columns: [p.x, enrgy]}", "there is no column 'enrgy'; did you mean 'energy'?"),
    ("{from: some, where: {q.z: 1}}", "there is no column 'q.z'"),
    ("{from: some, where: {p.x: 3}}", "nothing to show: none of the 3 points of `some` fulfils"),
    ("{from: some, columns: [y, y.conv]}", "there is no column 'y.conv'"),
  ]

  @Test(arguments: mistakes.indices) func mistake(_ row: Int) throws {
    let (declared, words) = Self.mistakes[row]
    let desk = try desk("tables:\n  bad: \(declared)\n  good: {from: some, columns: [y]}")
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("table 'bad': \(words)"), "\(answer.errors)")
    #expect((desk.folder / "results/f/good.tex").exists)
    #expect(!(desk.folder / "results/f/bad.tex").exists)
    #expect(try desk.slmc("report", "e.yaml").code == 1)
    let page = try (desk.folder / "results/f/report.html").readText()
    #expect(page.contains("<p>table &#39;bad&#39;: ") && page.contains("<h3>good</h3>"))
  }

  /// Found before anything runs.
  static let refused: [(String, String)] = [
    ("tables: {t: {from: sum}}", "table `t` is made from `sum`, but there is no such stage"),
    ("tables: {some: {from: some}}", "`some` cannot name a table: the whole table of the stage"),
    ("tables: {a/b: {from: some}}", "`a/b` cannot name a table: it is no safe name of a file"),
    (
      "tables: {baseline: {from: some}}\nbaseline: results/f/baseline.json",
      "`baseline` cannot name a table: the baseline has this name"
    ),
    (
      "tables: {f-fit: {from: some}}\nfigures: {f: {from: some, x: p.x, y: y}}",
      "`f-fit` cannot name a table: the fit of a figure has this name"
    ),
    ("tables: {t: {from: some, column: [y]}}", "unknown key `column` in `tables.t`"),
  ]

  @Test(arguments: refused.indices) func refusal(_ row: Int) throws {
    let (declared, words) = Self.refused[row]
    let desk = try Desk()
    try desk.write(Self.manifest(declared), to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains(words), "\(answer.errors)")
  }

  @Test func showIsShortUnlessAskedForAll() throws {
    let desk = try desk("")
    let short = try desk.slmc("show", "e.yaml").output
    #expect(short.contains("energy") && !short.contains("z7"))
    #expect(short.contains("(3 more results: --all)"))
    #expect(try desk.slmc("show", "e.yaml", "--all").output.contains("z7"))
    let wrong = try desk.slmc("show", "e.yaml", "--table", "none")
    #expect(wrong.code == 2 && wrong.errors.contains("there is no table `none`"))
  }
}
