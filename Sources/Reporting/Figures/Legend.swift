/// One line of the legend.
struct LegendEntry: Hashable {
  enum Sign: Hashable {
    case series(Int)
    case fit(Int)
    case curve(Int)
    case reference(Int)
    case notConverged
  }

  var sign: Sign
  var text: MathText

  static func == (a: LegendEntry, b: LegendEntry) -> Bool { a.sign == b.sign && a.text == b.text }
  func hash(into hasher: inout Hasher) { hasher.combine(sign) }

  /// More series than this are thinned out in the legend when their colours form a gradient.
  static let mostSeries = 14

  static func entries(_ specification: FigureSpecification, _ data: FigureData) -> [LegendEntry] {
    var entries = seriesEntries(data)
    for (index, fit) in specification.fits.enumerated() {
      entries.append(.init(sign: .fit(index), text: MathText(fit.label ?? fit.statement)))
    }
    for (index, curve) in specification.curves.enumerated() where !curve.label.isEmpty {
      entries.append(.init(sign: .curve(index), text: MathText(curve.label)))
    }
    for (index, line) in specification.referenceLines.enumerated() where !line.label.isEmpty {
      entries.append(.init(sign: .reference(index), text: MathText(line.label)))
    }
    if data.points.contains(where: { !$0.isConverged }) {
      entries.append(.init(sign: .notConverged, text: MathText("not converged")))
    }
    return entries
  }

  private static func seriesEntries(_ data: FigureData) -> [LegendEntry] {
    guard data.series.count > 1 else { return [] }
    let isOrdered = data.series.allSatisfy { $0.number != nil }
    let stride = isOrdered ? (data.series.count + mostSeries - 1) / mostSeries : 1
    return data.series.enumerated().compactMap { index, series in
      guard index % stride == 0 || index == data.series.count - 1 else { return nil }
      let name = series.number == nil ? shortened(series.key, to: 36) : "$\(series.key)$"
      return .init(sign: .series(index), text: MathText(name))
    }
  }
}

/// A text cut to a number of characters, with an ellipsis where something was lost.
func shortened(_ text: String, to limit: Int) -> String {
  text.count <= limit ? text : text.prefix(limit - 1) + "…"
}

extension FigureFit {
  /// The fitted function with its numbers and chi^2, for the legend and the caption.
  public var statement: String {
    guard let quality else { return form.statement }
    let chiSquared = (quality.chiSquared * 10).rounded() / 10
    return form.statement
      + ", $\\chi^2/\\nu = \(exactText(chiSquared))/\(quality.degreesOfFreedom)$"
      + (quality.probability.map { ", $p \(Self.chance($0))$" } ?? "")
      + (quality.describesTheData ? "" : ": does not describe the data")
  }

  /// `= 0.042`, or `< 0.001` for whatever is smaller.
  private static func chance(_ probability: Double) -> String {
    probability < 0.001
      ? "< 0.001" : "= \(exactText((probability * 1000).rounded() / 1000))"
  }
}

extension FigureFit.Form {
  /// The fitted function with its numbers.
  var statement: String {
    switch self {
    case .constant(let value): "$" + value.notation.tex + "$"
    case .line(let intercept, let slope):
      "$" + intercept.notation.tex + " + " + slope.notation.tex + "\\,x$"
    case .powerLaw(let amplitude, let exponent):
      "$" + amplitude.notation.tex + "\\,x^{" + exponent.notation.tex + "}$"
    case .exponential(let amplitude, let rate):
      "$" + amplitude.notation.tex + "\\,\\mathrm{e}^{" + rate.notation.tex + "\\,x}$"
    }
  }
}

extension ValueNotation {
  /// The number within TeX-like mathematics.
  var tex: String { power == 0 ? mantissa : mantissa + "\\times 10^{\(power)}" }
}

/// Where the legend goes.
enum LegendPlace: Hashable {
  case none
  case inside(Corner)
  case outside

  enum Corner: String, CaseIterable, Hashable {
    case topRight = "top right"
    case topLeft = "top left"
    case bottomRight = "bottom right"
    case bottomLeft = "bottom left"
  }
}

/// The size of the legend as shares of the plot's width and height, estimated from its texts.
struct LegendBox {
  var width: Double
  var height: Double

  init(_ entries: [LegendEntry], title: MathText?) {
    let longest = entries.map { $0.text.plain.count }.max() ?? 0
    width = max(0.16 + 0.0185 * Double(longest), 0.0185 * Double(title?.plain.count ?? 0))
    height = 0.068 * Double(entries.count + (title == nil ? 0 : 1)) + 0.02
  }
}
