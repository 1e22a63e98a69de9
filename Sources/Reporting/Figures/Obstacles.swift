#if canImport(Glibc)
  internal import Glibc
#endif

/// The places of a figure that the legend must not cover, as fractions of the axes.
struct Obstacles {
  private var places: [(x: Double, y: Double)] = []
  private let scales: (x: AxisScale, y: AxisScale)

  init(_ layout: FigureLayout) {
    scales = (layout.x, layout.y)
    for series in layout.data.series {
      add(series, isJoined: layout.style(of: series) != .points)
    }
    for fit in layout.specification.fits { add(fit, over: layout.range(of: fit)) }
    for curve in layout.specification.curves {
      addPath(zip(curve.xs, curve.ys).map { ($0, $1) })
    }
    for line in layout.specification.referenceLines {
      let value = line.value.value
      switch line.direction {
      case .horizontal: addPath([(layout.x.lower, value), (layout.x.upper, value)])
      case .vertical: addPath([(value, layout.y.lower), (value, layout.y.upper)])
      }
    }
  }

  /// The first corner whose box is free.
  func freeCorner(for box: LegendBox) -> LegendPlace.Corner? {
    LegendPlace.Corner.allCases.first { corner in
      let isLeft = corner == .topLeft || corner == .bottomLeft
      let isTop = corner == .topLeft || corner == .topRight
      let x = isLeft ? 0...(box.width + 0.03) : (0.97 - box.width)...1
      let y = isTop ? (0.97 - box.height)...1 : 0...(box.height + 0.03)
      return !places.contains { x.contains($0.x) && y.contains($0.y) }
    }
  }

  private mutating func add(_ series: FigureSeries, isJoined: Bool) {
    for point in series.points {
      addPath([
        (point.x, point.y - (point.yError ?? 0)), (point.x, point.y + (point.yError ?? 0)),
      ])
      let (x, y) = (scales.x.fraction(point.x), scales.y.fraction(point.y))
      for shift in [-0.015, 0.015] {
        places.append((x + shift, y))
        places.append((x, y + shift))
      }
    }
    if isJoined { addPath(series.points.map { ($0.x, $0.y) }) }
  }

  private mutating func add(_ fit: FigureFit, over range: (lower: Double, upper: Double)) {
    let (from, to) = (scales.x.fraction(range.lower), scales.x.fraction(range.upper))
    addPath(
      (0...40).map { step in
        let x = scales.x.value(atFraction: from + (to - from) * Double(step) / 40)
        return (x, fit.form.value(at: x))
      })
  }

  /// Points closer than the smallest legend along the line through the given ones.
  private mutating func addPath(_ path: [(x: Double, y: Double)]) {
    let ends = path.map { (x: scales.x.fraction($0.x), y: scales.y.fraction($0.y)) }
      .filter { $0.x.isFinite && $0.y.isFinite }
    places += ends
    for (a, b) in zip(ends, ends.dropFirst()) {
      let length = min(4, max(abs(b.x - a.x), abs(b.y - a.y)))
      let steps = Int(length / 0.02) + 1
      for step in 1..<max(steps, 2) {
        let share = Double(step) / Double(steps)
        places.append((a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))
      }
    }
  }
}

extension FigureFit.Form {
  /// The fitted function at x.
  func value(at x: Double) -> Double {
    switch self {
    case .constant(let value): value.value
    case .line(let intercept, let slope): intercept.value + slope.value * x
    case .powerLaw(let amplitude, let exponent): amplitude.value * pow(x, exponent.value)
    case .exponential(let amplitude, let rate): amplitude.value * exp(rate.value * x)
    }
  }

  /// The fitted function in gnuplot's language.
  var gnuplot: String {
    func number(_ measured: MeasuredValue) -> String { "(" + exactText(measured.value) + ")" }
    switch self {
    case .constant(let value): return number(value)
    case .line(let intercept, let slope): return number(intercept) + " + " + number(slope) + "*x"
    case .powerLaw(let amplitude, let exponent):
      return number(amplitude) + "*x**" + number(exponent)
    case .exponential(let amplitude, let rate):
      return number(amplitude) + "*exp(" + number(rate) + "*x)"
    }
  }
}
