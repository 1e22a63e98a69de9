/// One learning curve as a small inline SVG with a logarithmic loss axis.
struct LearningCurveDrawing {
  private let curve: LearningCurve
  private let width = 300.0
  private let height = 150.0
  private let margin = (left: 52.0, right: 10.0, top: 8.0, bottom: 24.0)
  /// More points than pixels say no more.
  private static let mostPoints = 240

  init(_ curve: LearningCurve) {
    self.curve = curve
  }

  var html: String {
    let losses = (curve.losses + curve.validation).filter { $0.isFinite && $0 > 0 }
    let steps = curve.steps.filter(\.isFinite)
    guard let low = losses.min(), let high = losses.max(), let first = steps.min(),
      let last = steps.max()
    else { return "" }
    let x = AxisScale(
      FigureAxis("", lowerLimit: first, upperLimit: last > first ? last : first + 1),
      covering: [], padding: 0)
    var y = AxisScale(FigureAxis("", isLogarithmic: true), covering: [low, high], padding: 0.08)
    y.chooseTicks(values: [])
    return """
      <figure class="small"><svg viewBox="0 0 \(short(width)) \(short(height))" role="img" \
      aria-label="\(Escaping.markup("Learning curve, " + shortened(curve.label, to: 80)))">
      \(frame(x, y, last: last))\(path(curve.losses, x, y, class: "curve"))\
      \(path(curve.validation, x, y, class: "curve validation"))</svg>
      <figcaption>\(MathText(shortened(curve.label, to: 160)).html)</figcaption></figure>

      """
  }

  private func frame(_ x: AxisScale, _ y: AxisScale, last: Double) -> String {
    let bottom = height - margin.bottom
    let ticks = (y.ticks ?? []).map { tick in
      let at = short(vertical(tick.value, y))
      let label = ValueNotation(tick.value, digits: 2)
      return """
        <path class="grid" d="M\(short(margin.left)) \(at)H\(short(width - margin.right))"/>\
        <text class="note" x="\(short(margin.left - 6))" y="\(at)" dy="4" text-anchor="end">\
        \(label.plainText)</text>
        """
    }
    let end = ValueNotation(last, digits: 4).plainText
    return ticks.joined() + """
      <path class="axis" d="M\(short(margin.left)) \(short(margin.top))V\(short(bottom))\
      H\(short(width - margin.right))"/><text class="note" x="\(short(margin.left))" \
      y="\(short(height - 6))">\(ValueNotation(x.lower, digits: 4).plainText)</text>\
      <text class="note" x="\(short(width - margin.right))" y="\(short(height - 6))" \
      text-anchor="end">\(end) steps</text>
      """
  }

  private func path(_ losses: [Double], _ x: AxisScale, _ y: AxisScale, class name: String)
    -> String
  {
    guard !losses.isEmpty else { return "" }
    let stride = max(1, (losses.count + Self.mostPoints - 1) / Self.mostPoints)
    let points = losses.indices.filter { $0 % stride == 0 || $0 == losses.count - 1 }
      .filter { losses[$0].isFinite && losses[$0] > 0 && curve.steps[$0].isFinite }
      .map { index in
        let across = width - margin.left - margin.right
        let left = margin.left + across * x.fraction(curve.steps[index])
        return "\(short(left)) \(short(vertical(losses[index], y)))"
      }
    return "<path class=\"\(name)\" d=\"M\(points.joined(separator: "L"))\"/>"
  }

  private func vertical(_ loss: Double, _ y: AxisScale) -> Double {
    let span = height - margin.top - margin.bottom
    return margin.top + span * (1 - y.fraction(loss))
  }
}
