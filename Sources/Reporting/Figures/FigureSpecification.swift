/// What a figure shows: which columns of a table, how the axes run, and what is drawn beside the
/// data. A value; `FigureRenderer` makes files of it.
public struct FigureSpecification: Sendable, Hashable {
  /// How the points of one group are joined.
  public enum Style: String, Sendable, Hashable, CaseIterable {
    /// Markers with a thin guide line; a line with an error band where points are dense.
    case automatic
    case points
    case line
    case pointsAndLine = "points-and-line"
  }

  /// The stem of the file names: letters, digits, `-`, `_` and `.`.
  public var name: String
  /// The heading in a report and the title of the SVG; drawn only with `drawsTitle`.
  public var title: String
  /// What the reader should know, shown below the figure in a report.
  public var caption: String
  /// The horizontal axis.
  public var x: FigureAxis
  /// The vertical axis.
  public var y: FigureAxis
  /// The column whose values separate the data into series.
  public var group: String?
  /// Points, lines or both.
  public var style: Style
  /// Whether a thin line joins markers, to guide the eye; a curve beside them may do that.
  public var joinsMarkers = true
  /// Whether errors are drawn where they are known.
  public var showsErrorBars: Bool
  /// Whether the title stands in the picture and not only beside it.
  public var drawsTitle: Bool
  /// Functions that were fitted to the series.
  public var fits: [FigureFit]
  /// Functions to compare with, as points of a line.
  public var curves: [FigureCurve]
  /// Values to compare with.
  public var referenceLines: [ReferenceLine]

  /// A figure of one column against another.
  public init(
    name: String, title: String = "", caption: String = "", x: FigureAxis, y: FigureAxis,
    group: String? = nil, style: Style = .automatic, showsErrorBars: Bool = true,
    drawsTitle: Bool = false, fits: [FigureFit] = [], curves: [FigureCurve] = [],
    referenceLines: [ReferenceLine] = []
  ) {
    self.name = name
    self.title = title
    self.caption = caption
    self.x = x
    self.y = y
    self.group = group
    self.style = style
    self.showsErrorBars = showsErrorBars
    self.drawsTitle = drawsTitle
    self.fits = fits
    self.curves = curves
    self.referenceLines = referenceLines
  }
}

/// One axis of a figure.
public struct FigureAxis: Sendable, Hashable {
  /// The column of the table. Texts on the x axis make it categorical.
  public var column: String
  /// The label with TeX-like markup; nil takes the column's label and unit.
  public var label: String?
  /// Whether powers of ten have equal distances.
  public var isLogarithmic: Bool
  /// The ends of the axis; nil lets the data decide.
  public var lowerLimit: Double?
  /// The other end.
  public var upperLimit: Double?

  /// An axis showing a column.
  public init(
    _ column: String, label: String? = nil, isLogarithmic: Bool = false, lowerLimit: Double? = nil,
    upperLimit: Double? = nil
  ) {
    self.column = column
    self.label = label
    self.isLogarithmic = isLogarithmic
    self.lowerLimit = lowerLimit
    self.upperLimit = upperLimit
  }
}

/// A fitted function; its numbers come from whoever fitted.
public struct FigureFit: Sendable, Hashable {
  /// The functions that can be drawn.
  public enum Form: Sendable, Hashable {
    case constant(MeasuredValue)
    case line(intercept: MeasuredValue, slope: MeasuredValue)
    case powerLaw(amplitude: MeasuredValue, exponent: MeasuredValue)
    /// amplitude exp(rate x).
    case exponential(amplitude: MeasuredValue, rate: MeasuredValue)
  }

  /// chi^2 with its degrees of freedom.
  public struct Quality: Sendable, Hashable {
    /// The sum of squared residuals over squared errors.
    public var chiSquared: Double
    /// Points less parameters.
    public var degreesOfFreedom: Int
    /// The chance of a chi^2 at least this large where the function is right; nil where not known.
    public var probability: Double?

    /// The quality of a fit to points with errors.
    public init(chiSquared: Double, degreesOfFreedom: Int, probability: Double? = nil) {
      self.chiSquared = chiSquared
      self.degreesOfFreedom = degreesOfFreedom
      self.probability = probability
    }

    /// Whether the function describes the points, as far as a chi^2 tells: one fit in a hundred of a
    /// right function is called wrong.
    public var describesTheData: Bool { probability.map { $0 >= Self.leastProbability } ?? true }

    static let leastProbability = 0.01
  }

  /// The function with its parameters.
  public var form: Form
  /// The entry in the legend; nil states the fitted numbers.
  public var label: String?
  /// nil where the points had no errors.
  public var quality: Quality?
  /// The series the fit belongs to, whose colour it takes: the text of the group's cell.
  public var group: String?
  /// The range of x that was fitted; the function is drawn solid there and nowhere else.
  public var lowerLimit: Double?
  /// The other end of that range.
  public var upperLimit: Double?

  /// A fitted function.
  public init(
    _ form: Form, label: String? = nil, quality: Quality? = nil, group: String? = nil,
    lowerLimit: Double? = nil, upperLimit: Double? = nil
  ) {
    self.form = form
    self.label = label
    self.quality = quality
    self.group = group
    self.lowerLimit = lowerLimit
    self.upperLimit = upperLimit
  }
}

/// A curve known from elsewhere, as points to be joined.
public struct FigureCurve: Sendable, Hashable {
  /// In the legend.
  public var label: String
  /// In the order in which the points are joined.
  public var xs: [Double]
  /// One for each x.
  public var ys: [Double]

  /// A curve through points given in order; as many xs as ys.
  public init(label: String, xs: [Double], ys: [Double]) {
    precondition(xs.count == ys.count, "curve \(label): \(xs.count) xs, \(ys.count) ys")
    self.label = label
    self.xs = xs
    self.ys = ys
  }
}

/// A value to compare with: a straight line across the figure, with its error as a band.
public struct ReferenceLine: Sendable, Hashable {
  /// Whether the line marks a value of y or of x.
  public enum Direction: Sendable, Hashable {
    case horizontal
    case vertical
  }

  /// Across the figure or upwards.
  public var direction: Direction
  /// Where it stands; an error is drawn as a band.
  public var value: MeasuredValue
  /// In the legend; empty for none.
  public var label: String

  /// A line at a value.
  public init(_ direction: Direction, at value: MeasuredValue, label: String = "") {
    self.direction = direction
    self.value = value
    self.label = label
  }
}
