import Foundation
import Reporting
import Testing

/// Bad input is refused with a word that helps, before gnuplot is called.
@Suite struct FigureErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let specification: FigureSpecification
    let table: ResultTable
    let message: String
  }

  static let table = seriesTable(xs: [1, 2, 3]) { x, _ in (x, 0.1) }

  static func figure(
    _ name: String = "f", x: FigureAxis = .init("x"), y: FigureAxis = .init("y"),
    group: String? = nil, fits: [FigureFit] = []
  ) -> FigureSpecification {
    FigureSpecification(name: name, x: x, y: y, group: group, fits: fits)
  }

  static let cases: [Case] = [
    .init(
      testDescription: "misspelt", specification: figure(y: .init("grup")), table: table,
      message: "figure 'f': there is no column 'grup'; did you mean 'group'?"),
    .init(
      testDescription: "unknown group", specification: figure(group: "temperature"), table: table,
      message: "figure 'f': there is no column 'temperature'; there are x, group, y"),
    .init(
      testDescription: "no rows", specification: figure(), table: table.filtered { _ in false },
      message: "figure 'f': nothing to draw: the selection has no rows"),
    .init(
      testDescription: "only NaN", specification: figure(),
      table: seriesTable(xs: [1, 2]) { _, _ in (.nan, 0) },
      message:
        "figure 'f': nothing to draw: none of 2 rows can be drawn "
        + "(2 rows without a finite value left out)"),
    .init(
      testDescription: "logarithm of negatives",
      specification: figure(y: .init("y", isLogarithmic: true)),
      table: seriesTable(xs: [1]) { _, _ in (-1, 0) },
      message:
        "figure 'f': nothing to draw: none of 1 rows can be drawn "
        + "(1 row not positive on a logarithmic axis left out)"),
    .init(
      testDescription: "logarithm of names",
      specification: figure(x: .init("group", isLogarithmic: true)), table: table,
      message: "figure 'f': column 'group' holds names, which have no logarithm"),
    .init(
      testDescription: "fit over names",
      specification: figure(
        x: .init("group"), fits: [.init(.line(intercept: .init(1), slope: .init(1)))]),
      table: table, message: "figure 'f': column 'group' holds names: no fit or curve can be drawn"),
    .init(
      testDescription: "limits crossed",
      specification: figure(x: .init("x", lowerLimit: 2, upperLimit: 1)), table: table,
      message: "figure 'f': x axis: the lower limit 2.0 is not below the upper 1.0"),
    .init(
      testDescription: "limit of a logarithm",
      specification: figure(y: .init("y", isLogarithmic: true, lowerLimit: 0)), table: table,
      message: "figure 'f': y axis: a limit of a logarithmic axis must be positive"),
    .init(
      testDescription: "name with a slash", specification: figure("../f"), table: table,
      message:
        "figure name '../f' cannot be a file name: use letters, digits, '-', '_' and '.', "
        + "and begin with a letter or digit"),
  ]

  @Test(arguments: cases) func message(_ row: Case) {
    let renderer = FigureRenderer(directory: "/nonexistent", gnuplot: "no-such-gnuplot")
    let error = #expect(throws: FigureError.self) {
      try renderer.render(row.specification, from: row.table)
    }
    #expect(error?.description == row.message)
  }
}
