/// Everything decided about a figure before any file is written: the data, the axes, the looks of
/// each series and the place of the legend. A pure function of specification and table.
struct FigureLayout {
  let specification: FigureSpecification
  let data: FigureData
  private(set) var x: AxisScale
  private(set) var y: AxisScale
  let xLabel: MathText
  let yLabel: MathText
  let legend: [LegendEntry]
  let legendTitle: MathText?
  private(set) var legendPlace: LegendPlace

  /// Series with more points than this are drawn as lines with bands, not as markers.
  static let densePoints = 40

  init(_ specification: FigureSpecification, from table: ResultTable) throws(FigureError) {
    try Self.checkName(specification.name)
    let data = try FigureData(specification, from: table)
    try Self.checkAxes(specification, data)
    var ordered = specification
    let places = Dictionary(uniqueKeysWithValues: data.series.enumerated().map { ($1.key, $0) })
    ordered.fits = stablySorted(specification.fits) {
      places[$0.group ?? "", default: 0] < places[$1.group ?? "", default: 0]
    }
    self.specification = ordered
    self.data = data
    xLabel = Self.label(of: specification.x, in: table)
    yLabel = Self.label(of: specification.y, in: table)
    x = Self.horizontalScale(specification, data)
    y = Self.verticalScale(specification, data)
    legend = LegendEntry.entries(ordered, data)
    let titled = specification.group.flatMap { table.index(ofColumn: $0) }
    legendTitle =
      legend.isEmpty || data.series.count < 2
      ? nil
      : titled.map { MathText(Self.heading(of: table.columns[$0])) }.flatMap {
        $0.plain.isEmpty ? nil : $0
      }
    legendPlace = .none
    placeLegend()
    if data.categories == nil { x.chooseTicks(values: data.points.map(\.x)) }
    y.chooseTicks(values: [])
  }

  /// How the points of a series are joined.
  func style(of series: FigureSeries) -> FigureSpecification.Style {
    guard specification.style == .automatic else { return specification.style }
    if data.categories != nil { return .points }
    if series.points.count > Self.densePoints { return .line }
    let isJoined = specification.joinsMarkers && specification.fits.isEmpty
    return isJoined && series.points.count > 1 ? .pointsAndLine : .points
  }

  /// The range of x over which a fit is drawn.
  func range(of fit: FigureFit) -> (lower: Double, upper: Double) {
    let own = data.series.first { $0.key == fit.group }.map { $0.points } ?? data.points
    let xs = own.map(\.x)
    let low = fit.lowerLimit ?? xs.min() ?? x.lower
    let high = fit.upperLimit ?? xs.max() ?? x.upper
    return low < high ? (low, high) : (x.lower, x.upper)
  }

  /// How much wider than usual the picture is, for the legend beside it.
  var canvasWidth: Double {
    guard legendPlace == .outside else { return 1 }
    return 1 + (LegendBox(legend, title: legendTitle).width * 85).rounded() / 100
  }

  private mutating func placeLegend() {
    guard !legend.isEmpty else { return }
    let box = LegendBox(legend, title: legendTitle)
    let obstacles = Obstacles(self)
    if let corner = obstacles.freeCorner(for: box) {
      legendPlace = .inside(corner)
    } else if specification.y.upperLimit == nil, box.height <= 0.3, box.width <= 0.75 {
      y.addHeadroom(box.height + 0.06)
      legendPlace = .inside(Obstacles(self).freeCorner(for: box) ?? .topRight)
    } else {
      legendPlace = .outside
    }
  }
}

extension FigureLayout {
  private static func checkName(_ name: String) throws(FigureError) {
    let isSafe = name.utf8.allSatisfy {
      ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
        || ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z"))
        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
    }
    guard isSafe, let first = name.first, first.isLetter || first.isNumber else {
      throw .badName(name)
    }
  }

  private static func checkAxes(
    _ specification: FigureSpecification, _ data: FigureData
  ) throws(FigureError) {
    for (letter, axis) in [("x", specification.x), ("y", specification.y)] {
      func fail(_ reason: String) -> FigureError {
        .badAxis(figure: specification.name, reason: "\(letter) axis: \(reason)")
      }
      let limits = [axis.lowerLimit, axis.upperLimit].compactMap(\.self)
      if limits.contains(where: { !$0.isFinite }) { throw fail("a limit is not finite") }
      if axis.isLogarithmic, limits.contains(where: { $0 <= 0 }) {
        throw fail("a limit of a logarithmic axis must be positive")
      }
      if let low = axis.lowerLimit, let high = axis.upperLimit, low >= high {
        throw fail("the lower limit \(exactText(low)) is not below the upper \(exactText(high))")
      }
    }
    let needsNumbers = specification.fits.contains {
      if case .constant = $0.form { false } else { true }
    }
    if data.categories != nil, needsNumbers || !specification.curves.isEmpty {
      throw .badAxis(
        figure: specification.name,
        reason: "column '\(specification.x.column)' holds names: no fit or curve can be drawn")
    }
  }

  private static func label(of axis: FigureAxis, in table: ResultTable) -> MathText {
    let column = table.index(ofColumn: axis.column).map { table.columns[$0] }
    return MathText(axis.label ?? column.map(heading(of:)) ?? axis.column)
  }

  private static func heading(of column: ResultTable.Column) -> String {
    column.unit.isEmpty ? column.label : "\(column.label) [\(column.unit)]"
  }

  private static func horizontalScale(
    _ specification: FigureSpecification, _ data: FigureData
  ) -> AxisScale {
    if let categories = data.categories {
      var axis = specification.x
      axis.lowerLimit = -0.6
      axis.upperLimit = Double(categories.count) - 0.4
      var scale = AxisScale(axis, covering: [], padding: 0)
      scale.ticks = categories.enumerated().map {
        .init(value: Double($0.offset), label: $0.element)
      }
      return scale
    }
    let marks = specification.referenceLines.filter { $0.direction == .vertical }.map(\.value.value)
    let xs = data.points.map(\.x) + specification.curves.flatMap(\.xs) + marks
    let dense = data.series.contains { $0.points.count > densePoints }
    return AxisScale(specification.x, covering: xs, padding: dense ? 0.01 : 0.06)
  }

  private static func verticalScale(
    _ specification: FigureSpecification, _ data: FigureData
  ) -> AxisScale {
    let marks = specification.referenceLines.filter { $0.direction == .horizontal }
    var ys = data.points.map(\.y) + specification.curves.flatMap(\.ys) + marks.map(\.value.value)
    if specification.showsErrorBars {
      let isLogarithmic = specification.y.isLogarithmic
      for point in data.points {
        guard let error = point.yError else { continue }
        ys.append(point.y + error)
        // On a logarithmic axis a bar that reaches zero must not stretch the axis for ever.
        ys.append(isLogarithmic ? max(point.y - error, point.y / 10) : point.y - error)
      }
    }
    return AxisScale(specification.y, covering: ys, padding: 0.07)
  }
}
