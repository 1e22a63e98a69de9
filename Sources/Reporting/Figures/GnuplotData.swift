extension FigureLayout {
  /// The data file: one block per series, then one per curve, separated by two blank lines as
  /// gnuplot's `index` wants them.
  var dataFile: String {
    var text = """
      # Data of \(specification.name), drawn by \(specification.name).gp
      # x: \(comment(specification.x.column))\(specification.x.isLogarithmic ? ", logarithmic" : "")
      # y: \(comment(specification.y.column))\(specification.y.isLogarithmic ? ", logarithmic" : "")
      # columns: 1 x  2 x_error  3 y  4 y_error  5 converged (1 yes, 0 no)  6 artifact key\
      \(data.categories == nil ? "" : "  7 name on the x axis")

      """
    for warning in data.warnings { text += "# \(comment(warning))\n" }
    for fit in specification.fits { text += "# fit: \(comment(fit.record))\n" }
    var blocks = data.series.enumerated().map { index, series in
      let key =
        specification.group.map { ": \(comment($0)) = \(comment(series.key))" } ?? ""
      return "# index \(index), series\(key)\n" + series.points.map(line).joined()
    }
    blocks += specification.curves.enumerated().map { index, curve in
      "# index \(data.series.count + index), curve: \(comment(curve.label)); columns: 1 x  2 y\n"
        + zip(curve.xs, curve.ys).map { "\(exactText($0)) \(exactText($1))\n" }.joined()
    }
    return text + blocks.joined(separator: "\n\n")
  }

  private func line(_ point: FigurePoint) -> String {
    var fields = [
      exactText(point.x), exactText(point.xError ?? .nan), exactText(point.y),
      exactText(point.yError ?? .nan), point.isConverged ? "1" : "0",
      point.artifact.isEmpty ? "-" : quoted(point.artifact),
    ]
    if let category = point.category { fields.append(quoted(category)) }
    return fields.joined(separator: " ") + "\n"
  }

  /// A field with blanks is put between double quotes, which gnuplot reads as one.
  private func quoted(_ text: String) -> String {
    let plain = comment(text)
    guard plain.contains(where: { " \"#".contains($0) }) else { return plain }
    return "\"" + plain.replacing("\"", with: "'") + "\""
  }

  private func comment(_ text: String) -> String { Escaping.oneLine(text) }
}

extension FigureFit {
  /// All digits of the fit, for the data file.
  fileprivate var record: String {
    func number(_ name: String, _ value: MeasuredValue) -> String {
      "\(name) = \(exactText(value.value)) +- \(exactText(value.error ?? .nan))"
    }
    let parameters =
      switch form {
      case .constant(let value): [number("y", value)]
      case .line(let intercept, let slope):
        ["y = a + b x", number("a", intercept), number("b", slope)]
      case .powerLaw(let amplitude, let exponent):
        ["y = a x^b", number("a", amplitude), number("b", exponent)]
      case .exponential(let amplitude, let rate):
        ["y = a exp(b x)", number("a", amplitude), number("b", rate)]
      }
    let quality = quality.map {
      ["chi^2 = \(exactText($0.chiSquared)) of \($0.degreesOfFreedom) degrees of freedom"]
        + ($0.probability.map { ["p = \(exactText($0))"] } ?? [])
        + ($0.describesTheData ? [] : ["does not describe the data"])
    }
    return (["\(group ?? "all points")"] + parameters + (quality ?? [])).joined(separator: ", ")
  }
}
