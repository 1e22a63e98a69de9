internal import Glibc
internal import Manifest
internal import Reporting
internal import Statistics
internal import Values

/// The fits that a figure asks for, one of each series, with what is recorded of them.
///
/// One whose chi^2 is too large says so wherever it is stated; one that leaves its amplitude open by more
/// than its size is recorded and not drawn.
struct FigureFits {
  private(set) var fits: [FigureFit] = []
  /// Parameters and chi^2; nil without fits.
  private(set) var table: ResultTable?
  /// Series that could not be fitted, and why; the figure is drawn without.
  private(set) var warnings: [String] = []
  private(set) var captions: [String] = []

  private struct Points {
    var x: [Double] = []
    var y: [Double] = []
    var errors: [Double] = []
    var leftOut = 0
  }

  init(_ figure: Figure, _ source: ResultTable, _ columns: FigurePoints.Columns) {
    let setting = figure.settings["fit"]
    guard let form = setting?["form"]?.text ?? setting?.text, form != "none" else { return }
    let range = (setting?["range"]?.list ?? []).compactMap(\.number)
    var rows: [[ResultTable.Cell]] = []
    for (name, points) in Self.series(source, columns, range) {
      do throws(SeriesError) {
        let fitted = try Self.fit(form, points, group: columns.group == nil ? nil : name)
        rows.append(
          [.text(name), .text(form)] + fitted.cells
            + [.integer(points.x.count), .text(fitted.fit.judgement)])
        guard fitted.fit.isDetermined else {
          warnings.append(
            "no fit\(name.isEmpty ? "" : " of \(name)"): the points do not determine it, its amplitude "
              + "is \(fitted.cells[0].plainText)")
          continue
        }
        fits.append(fitted.fit)
        if fitted.fit.quality?.describesTheData == false {
          warnings.append(
            "the fit\(name.isEmpty ? "" : " of \(name)") does not describe the data: "
              + "\(fitted.fit.goodness)")
        }
        let remark = points.leftOut == 0 ? "" : " (\(points.leftOut) points left out)"
        captions.append(
          "Fit\(name.isEmpty ? "" : " of \(name)"): \(fitted.fit.statement)\(remark).")
      } catch {
        warnings.append("no fit\(name.isEmpty ? "" : " of \(name)"): \(error)")
      }
    }
    guard !rows.isEmpty else { return }
    table = ResultTable(
      name: "\(figure.name)-fit", title: "Fit of \(figure.name)",
      columns: [
        .init("series"), .init("form"),
        .init("first", label: form == "linear" ? "intercept" : "amplitude"),
        .init(
          "second", label: form == "power-law" ? "exponent" : form == "linear" ? "slope" : "rate"),
        .init("chiSquared", label: "$\\chi^2$"), .init("degreesOfFreedom", label: "$\\nu$"),
        .init("probability", label: "$p$", summary: "of a $\\chi^2$ at least this large"),
        .init("points"),
        .init("judgement", summary: "whether the function describes the points"),
      ], rows: rows)
  }

  /// Points of each series that a fit can use, series in the order of the table.
  private static func series(
    _ table: ResultTable, _ columns: FigurePoints.Columns, _ range: [Double]
  ) -> [(name: String, points: Points)] {
    guard let x = table.index(ofColumn: columns.x), let y = table.index(ofColumn: columns.y) else {
      return []
    }
    let group = columns.group.flatMap { table.index(ofColumn: $0) }
    var found: [(name: String, points: Points)] = []
    for row in table.rows {
      let name = group.map { row[$0].plainText } ?? ""
      let place = found.firstIndex { $0.name == name } ?? found.count
      if place == found.count { found.append((name, Points())) }
      guard let at = row[x].number, let value = row[y].number, at.isFinite, value.isFinite else {
        continue
      }
      if let low = range.first, at < low { continue }
      if range.count > 1, at > range[1] { continue }
      guard row[y].measured?.isConverged != false else {
        found[place].points.leftOut += 1
        continue
      }
      found[place].points.x.append(at)
      found[place].points.y.append(value)
      found[place].points.errors.append(row[y].measured?.error ?? 0)
    }
    return found
  }

  /// Where no point has an error, all count alike (in ln y for curves that are straight there) and the
  /// scatter about the fit gives the errors of its parameters.
  private static func fit(
    _ form: String, _ points: Points, group: String?
  ) throws(SeriesError) -> (fit: FigureFit, cells: [ResultTable.Cell]) {
    let hasErrors = points.errors.contains { $0 > 0 }
    let outcome =
      hasErrors || form == "linear" || points.x.count < 2
      ? try parameters(
        form, points.x, points.y, hasErrors ? points.errors : points.y.map { _ in 1 })
      : try logarithmic(form, points)
    let freedom = points.x.count - 2
    let scale =
      hasErrors ? 1 : freedom > 0 ? (outcome.chiSquared / Double(freedom)).squareRoot() : 0
    let first = MeasuredValue(outcome.first.0, error: outcome.first.1 * scale)
    let second = MeasuredValue(outcome.second.0, error: outcome.second.1 * scale)
    let shape: FigureFit.Form =
      switch form {
      case "power-law": .powerLaw(amplitude: first, exponent: second)
      case "exponential": .exponential(amplitude: first, rate: second)
      default: .line(intercept: first, slope: second)
      }
    let quality = FigureFit.Quality(
      chiSquared: outcome.chiSquared, degreesOfFreedom: freedom,
      probability: freedom > 0
        ? chiSquaredTail(outcome.chiSquared, degreesOfFreedom: freedom) : nil)
    let isJudged = hasErrors && freedom > 0
    let fit = FigureFit(
      shape, quality: isJudged ? quality : nil, group: group, lowerLimit: points.x.min(),
      upperLimit: points.x.max())
    let judged: [ResultTable.Cell] =
      isJudged
      ? [
        .number(outcome.chiSquared), .integer(freedom),
        .number(chiSquaredTail(outcome.chiSquared, degreesOfFreedom: freedom)),
      ] : [.missing, .integer(freedom), .missing]
    return (fit, [.measured(first), .measured(second)] + judged)
  }

  /// A straight line through the logarithms. Relative errors of equal size in the curve itself would
  /// not do: a point far above it could cost no more than one.
  private static func logarithmic(
    _ form: String, _ points: Points
  ) throws(SeriesError) -> (
    first: (Double, Double), second: (Double, Double), chiSquared: Double
  ) {
    guard points.y.allSatisfy({ $0 > 0 }), form != "power-law" || points.x.allSatisfy({ $0 > 0 })
    else { throw .argument("a \(form) through values without errors needs positive numbers") }
    let x = form == "power-law" ? points.x.map(log) : points.x
    let line = try parameters("linear", x, points.y.map(log), points.y.map { _ in 1 })
    let amplitude = exp(line.first.0)
    return ((amplitude, amplitude * line.first.1), line.second, line.chiSquared)
  }

  private static func parameters(
    _ form: String, _ x: [Double], _ y: [Double], _ errors: [Double]
  ) throws(SeriesError) -> (
    first: (Double, Double), second: (Double, Double), chiSquared: Double
  ) {
    switch form {
    case "power-law":
      let fit = try PowerLawFit(x: x, y: y, errors: errors)
      return (
        (fit.amplitude, fit.amplitudeError), (fit.exponent, fit.exponentError), fit.chiSquared
      )
    case "exponential":
      let fit = try ExponentialFit(x: x, y: y, errors: errors)
      return ((fit.amplitude, fit.amplitudeError), (fit.rate, fit.rateError), fit.chiSquared)
    default:
      let fit = try LeastSquaresFit(polynomialOfDegree: 1, x: x, y: y, errors: errors)
      return (
        (fit.parameters[0], fit.errors[0]), (fit.parameters[1], fit.errors[1]), fit.chiSquared
      )
    }
  }
}
