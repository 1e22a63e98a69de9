import FileSystem
import Foundation
import Testing
import Values

/// Figures as manifests declare them, on numbers that a stage's program writes for every point.
@Suite struct FigureTests {
  /// y = 3 x^2 with an error of a tenth of it, at x = 1, 2, 4, 8; `steps` = 100, 1, 1, 1 without errors.
  private static func manifest(_ figures: String, more: String = "") -> String {
    let program = """
      x=$(grep -o '"x": *[0-9]*' parameters.json | grep -o '[0-9]*'); y=$((3*x*x)); \
      z=$((x == 1 ? 100 : 1)); \
      echo "{\\"y\\": {\\"value\\": $y.0, \\"error\\": $y.0e-1}, \\"steps\\": $z.0}" > results.json
      """
    return """
      slmc: 1
      experiment: f
      stages:
        fit:
          kind: command
          reads: [p\(more.isEmpty ? "" : ", q")]
          with:
            run:
              - sh
              - -c
              - |
                \(program)
            outputs: [results.json]
      parameters: {p: {x: 1}\(more.isEmpty ? "" : ", " + more)}
      sweep: {product: {p.x: [1, 2, 4, 8]}}
      figures:
      \(figures)

      """
  }

  private func drawn(
    _ figures: String, more: String = "", environment: [String: String] = [:]
  ) throws -> (Desk, Answer) {
    let desk = try Desk()
    try desk.write(Self.manifest(figures, more: more), to: "e.yaml")
    let run = try desk.slmc("run", "e.yaml", "--quiet")
    try #require(run.code == 0, "\(run.errors)")
    return (desk, try desk.slmc("figures", "e.yaml", environment: environment))
  }

  private func data(_ name: String, _ desk: Desk) throws -> String {
    try (desk.folder / "results/f/\(name).dat").readText()
  }

  /// What is no parameter is known before the run, whatever the program will write.
  @Test func misspeltParametersAreNamedByThePlan() throws {
    for figure in [
      "{from: fit, x: p.x, y: y, where: {p.z: 2}}", "{from: fit, x: p.z, y: y}",
      "{from: fit, x: p.x, y: y, group: p.z}", "{from: fit, x: p.x, y: y, over: p.z}",
    ] {
      let desk = try Desk()
      try desk.write(Self.manifest("  square: \(figure)"), to: "e.yaml")
      let answer = try desk.slmc("plan", "e.yaml")
      #expect(answer.code == 2)
      #expect(
        answer.errors.contains("`square`: `fit` has no column `p.z`")
          && answer.errors.contains("`p.x`"), "\(answer.errors)")
    }
  }

  /// y = 1, 2, 4, 3 +- 0.2 at x = 1, 2, 4, 8 is no power law, and no sum of squares says so by itself.
  @Test func aFitThatDoesNotDescribeTheDataSaysSo() throws {
    let desk = try Desk()
    let text = Self.manifest("  f: {from: fit, x: p.x, y: y, fit: power-law}")
      .replacing("y=$((3*x*x))", with: "y=$((x == 8 ? 3 : x))")
      .replacing(#"\"error\": $y.0e-1"#, with: #"\"error\": 0.2"#)
    try desk.write(text, to: "e.yaml")
    #expect(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 0)
    #expect(answer.errors.contains("f: the fit does not describe the data"), "\(answer.errors)")
    #expect(try data("f", desk).contains("does not describe the data"))
    #expect(try (desk.folder / "results/f/f.gp").readText().contains("does not describe"))
    let row = try #require(
      try Value(json: try (desk.folder / "results/f/f-fit.json").readText())["rows"]?.list?.first)
    #expect(row["judgement"] == "does not describe the data")
    #expect(row["probability"]?.number ?? 1 < 1e-3)
  }

  @Test func aSoundFitStatesItsChance() throws {
    let (desk, answer) = try drawn("  square: {from: fit, x: p.x, y: y, fit: power-law}")
    #expect(answer.code == 0 && !answer.errors.contains("describe"))
    #expect(try data("square", desk).contains("p = 1"))
  }

  /// An amplitude known to no better than itself is written down, and no curve is drawn of it.
  @Test func aFitThatThePointsDoNotDetermineIsNotDrawn() throws {
    let desk = try Desk()
    let text = Self.manifest("  f: {from: fit, x: p.x, y: y, fit: power-law}")
      .replacing(#"\"error\": $y.0e-1"#, with: #"\"error\": $y.0e+1"#)
    try desk.write(text, to: "e.yaml")
    #expect(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 0)
    #expect(answer.errors.contains("the points do not determine it"), "\(answer.errors)")
    #expect(!(try data("f", desk).contains("# fit:")))
    #expect(
      try (desk.folder / "results/f/f-fit.json").readText().contains("not determined"))
  }

  /// Points along `over` become one: mean and sqrt(max(S^2, mean s^2) / n).
  @Test func pointsAlongAnAxisBecomeOne() throws {
    let (desk, answer) = try drawn(
      """
        mean: {from: fit, x: p.unit, y: y, over: p.x}
      tables:
        t: {from: fit, columns: [p.unit, y, y.spread], over: [p.x]}
      """.replacing("p.unit", with: "q.unit"), more: "q: {unit: 7}")
    #expect(answer.code == 0, "\(answer.errors)")
    let table = try Value(json: try (desk.folder / "results/f/t.json").readText())
    let rows = table["rows"]?.list ?? []
    try #require(rows.count == 1)
    let y = [3.0, 12, 48, 192]
    let mean = y.reduce(0, +) / 4
    let spread = (y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3).squareRoot()
    #expect(abs((rows[0]["y"]?["value"]?.number ?? 0) - mean) < 1e-12)
    #expect(abs((rows[0]["y"]?["error"]?.number ?? 0) - spread / 2) < 1e-12)
    #expect(abs((rows[0]["y.spread"]?["value"]?.number ?? 0) - spread) < 1e-12)
    let points = try data("mean", desk).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(points.count == 1, "\(points)")
  }

  /// Four times the same number is one number: its error does not shrink.
  @Test func equalPointsCountOnce() throws {
    let desk = try Desk()
    let figure = "  mean: {from: fit, x: q.unit, y: y, over: p.x}"
    let text = Self.manifest(figure, more: "q: {unit: 7}")
      .replacing("y=$((3*x*x))", with: "y=5")
      .replacing(#"\"error\": $y.0e-1"#, with: #"\"error\": 0.5"#)
    try desk.write(text, to: "e.yaml")
    #expect(try desk.slmc("run", "e.yaml", "--quiet").code == 0)
    #expect(try desk.slmc("figures", "e.yaml").code == 0)
    let points = try data("mean", desk).split(separator: "\n").filter { !$0.hasPrefix("#") }
    let words = points.first?.split(separator: " ").compactMap { Double($0) } ?? []
    #expect(points.count == 1 && words.contains(5) && words.contains(0.5), "\(points)")
  }

  @Test func aPowerLawIsFittedDrawnAndRecorded() throws {
    let (desk, answer) = try drawn("  square: {from: fit, x: p.x, y: y, fit: power-law}")
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(try data("square", desk).contains("# fit: all points, y = a x^b, a = "))
    let script = try (desk.folder / "results/f/square.gp").readText()
    #expect(script.contains("*x**("))
    let table = try Value(json: try (desk.folder / "results/f/square-fit.json").readText())
    let row = try #require(table["rows"]?.list?.first)
    #expect(abs((row["second"]?["value"]?.number ?? 0) - 2) < 1e-9)
    #expect(abs((row["first"]?["value"]?.number ?? 0) - 3) < 1e-9)
    #expect(row["degreesOfFreedom"] == .integer(2))
    #expect((row["chiSquared"]?.number ?? 1) < 1e-12)
  }

  /// Without errors a power law is a line through the logarithms, however far a point is from it.
  @Test func pointsWithoutErrorsCountAlikeInTheirLogarithms() throws {
    let (desk, answer) = try drawn("  scatter: {from: fit, x: p.x, y: steps, fit: power-law}")
    #expect(answer.code == 0, "\(answer.errors)")
    let table = try Value(json: try (desk.folder / "results/f/scatter-fit.json").readText())
    let row = try #require(table["rows"]?.list?.first)
    let exponent = -0.3 * log(100) / log(2)
    #expect(abs((row["second"]?["value"]?.number ?? 0) - exponent) < 1e-9)
    #expect(row["second"]?["error"]?.number ?? 0 > 0.5)
  }

  @Test func aFitLeavesOutWhatIsNotInItsRange() throws {
    let (desk, answer) = try drawn(
      "  part: {from: fit, x: p.x, y: y, fit: {form: linear, range: [2, 5]}}")
    #expect(answer.code == 0, "\(answer.errors)")
    let table = try Value(json: try (desk.folder / "results/f/part-fit.json").readText())
    let row = try #require(table["rows"]?.list?.first)
    // Through (2, 12) and (4, 48).
    #expect(row["points"] == .integer(2))
    #expect(abs((row["second"]?["value"]?.number ?? 0) - 18) < 1e-9)
  }

  @Test func aFitThatCannotBeMadeIsSaidAndTheFigureDrawn() throws {
    let (desk, answer) = try drawn(
      "  one: {from: fit, x: p.x, y: y, fit: {form: exponential, range: [3, 5]}}")
    #expect(answer.code == 0)
    #expect(answer.errors.contains("one: no fit: an exponential needs at least 2 points"))
    #expect((desk.folder / "results/f/one.svg").exists)
  }

  /// What is declared, and what is said of it; the good figure beside it is drawn every time.
  static let mistakes: [(String, String)] = [
    ("{from: fit, x: p.x, y: why}", "there is no column 'why'; did you mean 'y'?"),
    (
      "{from: fit, x: p.x, y: y, where: {p.x: 3}}",
      "nothing to draw: no point of `fit` fulfils the conditions"
    ),
    (
      "{from: [fit, fit], x: p.x, y: y, where: {p.x: 3}}",
      "nothing to draw: no point of `fit`, `fit` fulfils the conditions"
    ),
    ("{from: fit, x: index, y: results/y}", "results/y has the shape []; only lists can be drawn"),
    ("{from: fit, x: index, y: results/z}", "there is no column 'results/z'"),
    ("{from: [fit, fit], x: p.x, y: [y, z]}", "there is no column 'z'"),
    (
      "{from: fit, x: p.x, y: y, yRange: [2, 1]}",
      "y axis: the lower limit 2.0 is not below the upper 1.0"
    ),
  ]

  @Test(arguments: mistakes.indices) func mistake(_ row: Int) throws {
    let (declared, words) = Self.mistakes[row]
    let (desk, answer) = try drawn(
      "  bad: \(declared)\n  good: {from: fit, x: p.x, y: y}")
    #expect(answer.code == 1)
    #expect(answer.errors.contains("figure 'bad': \(words)"), "\(answer.errors)")
    #expect((desk.folder / "results/f/good.svg").exists)
    #expect(!(desk.folder / "results/f/bad.svg").exists)
    // The report says the same and shows the rest.
    #expect(try desk.slmc("report", "e.yaml").code == 1)
    let page = try (desk.folder / "results/f/report.html").readText()
    #expect(page.contains("class=\"missing\"") && page.contains("figure-good"))
  }

  /// Nothing is wrong then: work is needed.
  @Test func nothingHasRunYet() throws {
    let desk = try Desk()
    try desk.write(Self.manifest("  f: {from: fit, x: p.x, y: y}"), to: "e.yaml")
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 3)
    #expect(answer.errors.contains("stage `fit` has no results yet"))
    #expect(answer.errors.contains("`slmc run e.yaml` makes them"))
  }

  /// Data and scripts are written without gnuplot, tables too.
  @Test func withoutGnuplot() throws {
    let (desk, answer) = try drawn(
      "  f: {from: fit, x: p.x, y: y}", environment: ["PATH": "/nowhere"])
    #expect(answer.code == 1)
    #expect(answer.errors.contains("install gnuplot"))
    for file in ["f.dat", "f.gp", "fit.tsv", "fit.json", "fit.tex"] {
      #expect((desk.folder / "results/f/\(file)").exists, "\(file)")
    }
  }

  /// Axes show what a physicist calls things, with units, unless the manifest says otherwise.
  @Test func namesOfAxesAndSeries() throws {
    let (desk, answer) = try drawn(
      """
        own: {from: fit, x: y, y: y, group: p.x, xLabel: "mine", names: {"4": four}}
        many: {from: [fit, fit], x: p.x, y: y, group: p.x, names: {fit: "", p.x: "$X$"}}
      """)
    #expect(answer.code == 0, "\(answer.errors)")
    let script = try (desk.folder / "results/f/own.gp").readText()
    #expect(script.contains("set xlabel \"mine\"") && script.contains("set ylabel \"y\""))
    #expect(try data("many", desk).contains("series: series = $X = 4$"))
  }

  @Test func severalResultsAndStagesAreSeries() throws {
    let (desk, answer) = try drawn(
      "  both: {from: [fit, fit], x: p.x, y: y, names: {fit: \"$a$\"}}")
    #expect(answer.code == 0, "\(answer.errors)")
    #expect(try data("both", desk).contains("series: series = $a$"))
  }
}
