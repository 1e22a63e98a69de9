import Foundation
import Reporting
import Testing

/// What stands in the data file and the script; gnuplot is not needed.
@Suite struct FigureFileTests {
  /// Data and script of a figure.
  func files(_ figure: (FigureSpecification, ResultTable)) throws -> (data: String, script: String)
  {
    let directory = NSTemporaryDirectory() + "slmc-files-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    _ = try? FigureRenderer(directory: directory, gnuplot: "no-such-gnuplot")
      .render(figure.0, from: figure.1)
    func text(_ ending: String) throws -> String {
      try String(contentsOfFile: "\(directory)/\(figure.0.name).\(ending)", encoding: .utf8)
    }
    return (try text("dat"), try text("gp"))
  }

  @Test func everyPointNamesItsArtifact() throws {
    let data = try files(FigureCases.notConverged).data
    let lines = data.components(separatedBy: "\n").filter { !$0.hasPrefix("#") && !$0.isEmpty }
    #expect(lines.count == 10)
    #expect(lines[0] == "4.0 nan \(0.1 * pow(4, 2.2)) 0.08 1 key0-0")
    #expect(lines[9].hasSuffix(" 0 key1-4"))
    #expect(data.contains("# index 1, series: group = self-learning"))
    #expect(data.contains("# 4 of 10 points not converged (drawn hollow)"))
  }

  @Test func categoriesKeepTheirOrderAndNames() throws {
    let (data, script) = try files(FigureCases.categorical)
    #expect(data.contains("0.39 0.02 0 m1 \"plain attention\""))
    #expect(script.contains("\"linear\" 0, \"plain\\nattention\" 1"))
  }

  @Test func groupsAreSortedByNumberAndPointsByAbscissa() throws {
    var table = ResultTable(name: "t", columns: [.init("x"), .init("g"), .init("y")])
    table.append([.number(7), .text("all"), .number(7)])
    for (x, group) in [(2.0, 10), (1.0, 10), (5.0, 2)] {
      table.append([.number(x), .integer(group), .number(x)])
    }
    let data = try files(
      (FigureSpecification(name: "f", x: .init("x"), y: .init("y"), group: "g"), table)
    ).data
    let two = try #require(data.range(of: "g = 2\n5.0 "))
    let ten = try #require(data.range(of: "g = 10\n1.0 nan 1.0 nan 1 -\n2.0 "))
    let word = try #require(data.range(of: "g = all\n7.0 "))
    #expect(two.lowerBound < ten.lowerBound && ten.lowerBound < word.lowerBound)
  }

  @Test func labelsAreTypesetAndSafe() throws {
    var figure = FigureCases.onePoint
    figure.0.x.label = "$\\tau_{\\mathrm{int}}$ of `rm -rf` \"x\" & a_b"
    let script = try files(figure).script
    #expect(
      script.contains(
        "set xlabel \"{/:Italic τ}_{int} of \u{2018}rm -rf\u{2018} \\\"x\\\" \\\\& a\\\\_b\""))
  }

  @Test func fitsStateTheirNumbers() throws {
    let script = try files(FigureCases.powerLaw).script
    #expect(script.contains("[12.0:520.0] (0.9)*x**(-0.531) with lines"))
    #expect(script.contains("title \"0.90(5)\u{2009}{/:Italic x}^{\u{2212}0.531(21)}\""))
    #expect(script.contains("set xtics (\"12\" 12.0, \"33\" 33.0"))
  }

  @Test func legendAvoidsTheData() throws {
    // Falling curves leave the upper right free; rising ones the upper left.
    #expect(try files(FigureCases.twoGroups).script.contains("set key top right"))
    #expect(try files(FigureCases.manyPoints).script.contains("set key top left"))
    #expect(try files(FigureCases.manyGroups).script.contains("set key outside right top"))
    #expect(try files(FigureCases.onePoint).script.contains("unset key"))
  }

  @Test func rowsThatCannotBeDrawnAreCounted() throws {
    let table = seriesTable(xs: [1, 2, 3, 4]) { x, _ in (x == 2 ? .nan : x == 3 ? -1 : x, 0.1) }
    let data = try files(
      (
        FigureSpecification(name: "f", x: .init("x"), y: .init("y", isLogarithmic: true)), table
      )
    ).data
    #expect(data.contains("# 1 row without a finite value left out"))
    #expect(data.contains("# 1 row not positive on a logarithmic axis left out"))
  }
}
