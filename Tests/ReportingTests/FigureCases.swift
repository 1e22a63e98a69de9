import Foundation
import Reporting

/// Figures of every shape that has to look right; the tests draw them all, and with
/// `SLMC_GALLERY=DIR` in the environment the pictures stay there to be looked at.
enum FigureCases {
  static let directory: String = {
    let process = ProcessInfo.processInfo
    if let kept = process.environment["SLMC_GALLERY"] { return kept }
    atexit { try? FileManager.default.removeItem(atPath: FigureCases.directory) }
    return NSTemporaryDirectory() + "slmc-figures-\(process.processIdentifier)"
  }()

  static var all: [(FigureSpecification, ResultTable)] {
    [
      categorical, categoricalGroups, onePoint, manyPoints, powerLaw, twoGroups, manyGroups,
      longNames, notConverged, references, smallNumbers, autocorrelation, nineNames, shortLogarithm,
    ]
  }

  static let models = ["linear", "plain attention", "equivariant attention", "free fermions"]

  static var categorical: (FigureSpecification, ResultTable) {
    var table = ResultTable(
      name: "models",
      columns: [.init("model.kind", label: "Model"), .init("acceptance", label: "Acceptance")])
    for (place, model) in models.enumerated() {
      let value = MeasuredValue(
        0.2 + 0.19 * Double(place), error: 0.02, isConverged: place != 1, artifact: "m\(place)")
      table.append([.text(model), .measured(value)])
    }
    return (
      FigureSpecification(
        name: "categorical", title: "Acceptance of the models",
        caption: "Mean acceptance of the global move at $T = 0.05\\,t$.",
        x: .init("model.kind"), y: .init("acceptance", lowerLimit: 0, upperLimit: 1)), table
    )
  }

  static var categoricalGroups: (FigureSpecification, ResultTable) {
    var table = ResultTable(
      name: "models",
      columns: [
        .init("model"), .init("L", label: "$L$"),
        .init("cost", label: "Cost per independent sample", unit: "s"),
      ])
    for size in [4, 6, 8, 12] {
      for (place, model) in models.enumerated() {
        let cost = Double(size * size) / Double(place + 1) * 0.01
        table.append([
          .text(model), .integer(size), .measured(MeasuredValue(cost, error: cost * 0.12)),
        ])
      }
    }
    return (
      FigureSpecification(
        name: "categorical-groups", x: .init("model"), y: .init("cost", isLogarithmic: true),
        group: "L"), table
    )
  }

  static var onePoint: (FigureSpecification, ResultTable) {
    (
      FigureSpecification(name: "one-point", x: .init("x"), y: .init("y")),
      seriesTable(xs: [3]) { _, _ in (0.4, 0.02) }
    )
  }

  static var manyPoints: (FigureSpecification, ResultTable) {
    var curve = FigureCurve(label: "exact: $\\tanh(x/2)$", xs: [], ys: [])
    for step in 0...100 {
      curve.xs.append(Double(step) * 0.06)
      curve.ys.append(tanh(Double(step) * 0.03))
    }
    let table = seriesTable(xs: (0..<200).map { 0.03 * Double($0) }) { x, _ in
      (tanh(x / 2) + 0.03 * sin(40 * x), 0.05)
    }
    return (
      FigureSpecification(name: "many-points", x: .init("x"), y: .init("y"), curves: [curve]), table
    )
  }

  static var powerLaw: (FigureSpecification, ResultTable) {
    let table = seriesTable(xs: [12, 33, 66, 130, 260, 520]) { x, _ in
      (0.9 * pow(x, -0.53) * (1 + 0.06 * sin(x)), 0.06 * pow(x, -0.53))
    }
    let fit = FigureFit(
      .powerLaw(
        amplitude: MeasuredValue(0.9, error: 0.05), exponent: MeasuredValue(-0.531, error: 0.021)))
    return (
      FigureSpecification(
        name: "power-law", title: "Loss against parameters",
        x: .init("x", label: "Trainable parameters $P$", isLogarithmic: true),
        y: .init("y", label: "Loss $\\langle(\\Delta S)^2\\rangle/N$", isLogarithmic: true),
        fits: [fit]), table
    )
  }

  static var twoGroups: (FigureSpecification, ResultTable) {
    let table = seriesTable(
      xs: [0.02, 0.04, 0.06, 0.08, 0.1], groups: ["exact", "self-learning"]
    ) { x, index in (0.6 / (1 + exp((x - 0.06) * 90)) + Double(index) * 0.003, 0.012) }
    return (
      FigureSpecification(
        name: "two-groups", x: .init("x", label: "Temperature $T/t$"),
        y: .init("y", label: "Staggered magnetisation $|M_{\\mathrm{st}}|$"), group: "group"), table
    )
  }

  static var manyGroups: (FigureSpecification, ResultTable) {
    var table = ResultTable(
      name: "sizes",
      columns: [
        .init("T", label: "$T$", unit: "$t$"), .init("L", label: "$L$"),
        .init("acceptance", label: "Acceptance"),
      ])
    for size in 1...18 {
      for place in 1...6 {
        let value = exp(-0.02 * Double(size * place))
        table.append([
          .number(0.02 * Double(place)), .integer(2 * size),
          .measured(MeasuredValue(value, error: 0.01)),
        ])
      }
    }
    return (
      FigureSpecification(name: "many-groups", x: .init("T"), y: .init("acceptance"), group: "L"),
      table
    )
  }

  static var longNames: (FigureSpecification, ResultTable) {
    var table = ResultTable(
      name: "names", columns: [.init("model_name"), .init("long_column_name")])
    for place in 0..<9 {
      table.append([
        .text("equivariant_transformer_with_\(place)_layers"),
        .measured(MeasuredValue(1e7 * Double(place * place + 1), error: 1e6)),
      ])
    }
    return (
      FigureSpecification(
        name: "long-names", x: .init("model_name"), y: .init("long_column_name")), table
    )
  }

  static var notConverged: (FigureSpecification, ResultTable) {
    let table = seriesTable(
      xs: [4, 6, 8, 12, 16], groups: ["Metropolis", "self-learning"], notConverged: [3, 4]
    ) { x, index in (0.1 * pow(x, index == 0 ? 2.2 : 0.4), 0.02 * x) }
    return (
      FigureSpecification(
        name: "not-converged", x: .init("x", label: "Lattice size $L$", isLogarithmic: true),
        y: .init("y", label: "$\\tau_{\\mathrm{int}}$ [sweeps]", isLogarithmic: true),
        group: "group"), table
    )
  }

  static var references: (FigureSpecification, ResultTable) {
    let table = seriesTable(xs: [1, 2, 3, 4, 5, 6]) { x, _ in (0.9 - 0.7 * exp(-x / 2), 0.015) }
    return (
      FigureSpecification(
        name: "references", x: .init("x", label: "Attention layers"),
        y: .init("y", label: "Acceptance"),
        referenceLines: [
          .init(.horizontal, at: MeasuredValue(0.21, error: 0.02), label: "linear model"),
          .init(.horizontal, at: MeasuredValue(0.9), label: "bound"),
          .init(.vertical, at: MeasuredValue(3), label: "published"),
        ]), table
    )
  }

  static var smallNumbers: (FigureSpecification, ResultTable) {
    let table = seriesTable(xs: [-2e-6, -1e-6, 0, 1e-6, 2e-6]) { x, _ in (x * x * 1e5, 2e-8) }
    let line = FigureFit(
      .line(intercept: MeasuredValue(1e-7, error: 1e-8), slope: MeasuredValue(0.02, error: 0.01)))
    return (
      FigureSpecification(
        name: "small-numbers", x: .init("x"), y: .init("y"),
        fits: [line, FigureFit(.constant(MeasuredValue(2e-7, error: 3e-8)), lowerLimit: -1e-6)]),
      table
    )
  }

  static var autocorrelation: (FigureSpecification, ResultTable) {
    let table = seriesTable(
      xs: (0..<80).map(Double.init), groups: ["Metropolis", "linear", "attention"]
    ) { x, index in (exp(-x / [60, 15, 2][index]), 0.02 + 0.0004 * x) }
    return (
      FigureSpecification(
        name: "autocorrelation", x: .init("x", label: "$t$ [sweeps]"),
        y: .init("y", label: "$\\rho(t)$", isLogarithmic: true, lowerLimit: 1e-3), group: "group"),
      table
    )
  }

  static var nineNames: (FigureSpecification, ResultTable) {
    let names = (1...9).map { "configuration number \($0), rather wordy" }
    let table = seriesTable(xs: [0, 10, 20, 30], groups: names) { x, index in
      (Double(index) + 0.05 * x, 0.3)
    }
    return (
      FigureSpecification(name: "nine-names", x: .init("x"), y: .init("y"), group: "group"), table
    )
  }

  static var shortLogarithm: (FigureSpecification, ResultTable) {
    let table = seriesTable(xs: [0.011, 0.0123, 0.0154, 0.0171]) { x, _ in (3e6 * x, 700) }
    return (
      FigureSpecification(
        name: "short-logarithm", title: "A title drawn", x: .init("x", isLogarithmic: true),
        y: .init("y", isLogarithmic: true), drawsTitle: true), table
    )
  }
}
