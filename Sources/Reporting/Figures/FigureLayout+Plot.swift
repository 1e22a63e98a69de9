extension FigureLayout {
  var legendSection: String {
    let title = legendTitle.map { " title \(Escaping.gnuplotString($0.gnuplot)) left" } ?? ""
    let look = "Left reverse samplen 2.2 spacing 1.15 width \(Self.legendWidth)"
    switch legendPlace {
    case .none: return "unset key"
    case .inside(let corner): return "set key \(corner.rawValue) \(look)\(title)"
    case .outside: return "set key outside right top \(look)\(title)"
    }
  }

  /// Layers from back to front: bands, curves, fits, guide lines, error bars,
  /// filled markers, hollow markers; the legend's entries last.
  var plotSection: String {
    var layers = curveLayers + fitLayers
    for (index, series) in data.series.enumerated() {
      layers += self.layers(of: series, index: index)
    }
    layers += legend.map(legendLayer)
    // With `sample` a range before a function is its own, not that of the axis.
    let command = fitLayers.isEmpty ? "plot" : "plot sample"
    return "data = \"\(specification.name).dat\"\n\(command) \\\n  "
      + layers.joined(separator: ", \\\n  ")
  }

  private func layers(of series: FigureSeries, index: Int) -> [String] {
    let source = "data index \(index)"
    let color = "linecolor rgb color_\(index)"
    let style = style(of: series)
    let marker = FigurePalette.marker(index)
    let hasErrors = specification.showsErrorBars && series.points.contains { $0.yError != nil }
    var layers: [String] = []
    if style == .line, hasErrors {
      layers.append(
        "\(source) using 1:(low($3, $4)):($3 + $4) with filledcurves \(color) "
          + "fillstyle transparent solid 0.2 noborder notitle")
    }
    if style != .points {
      let width = style == .line ? "line_width" : "0.6*line_width"
      layers.append("\(source) using 1:3 with lines \(color) linewidth \(width) notitle")
    }
    if style != .line {
      layers += errorBars(series, source: source, color: color)
      layers.append(
        "\(source) using 1:($5 == 1 ? $3 : NaN) with points \(color) pointtype \(marker.filled) "
          + "pointsize point_size notitle")
    }
    if series.points.contains(where: { !$0.isConverged }) {
      let open = "\(source) using 1:($5 == 0 ? $3 : NaN) with points"
      layers.append(
        "\(open) linecolor rgb \"white\" pointtype \(marker.filled) pointsize point_size notitle")
      layers.append(
        "\(open) \(color) pointtype \(marker.hollow) pointsize point_size "
          + "linewidth 0.8*line_width notitle")
    }
    return layers
  }

  private func errorBars(_ series: FigureSeries, source: String, color: String) -> [String] {
    guard specification.showsErrorBars else { return [] }
    let look = "\(color) pointsize 0 linewidth 0.75*line_width notitle"
    var layers: [String] = []
    if series.points.contains(where: { $0.yError != nil }) {
      layers.append("\(source) using 1:3:(low($3, $4)):($3 + $4) with yerrorbars \(look)")
    }
    if series.points.contains(where: { $0.xError != nil }) {
      layers.append("\(source) using 1:3:2 with xerrorbars \(look)")
    }
    return layers
  }

  private var curveLayers: [String] {
    specification.curves.indices.map {
      "data index \(data.series.count + $0) using 1:2 with lines \(curveLook($0)) notitle"
    }
  }

  private var fitLayers: [String] {
    specification.fits.indices.map {
      let fit = specification.fits[$0]
      let (low, high) = range(of: fit)
      return "[\(exactText(low)):\(exactText(high))] \(fit.form.gnuplot) with lines "
        + "\(fitLook($0)) notitle"
    }
  }

  private func legendLayer(_ entry: LegendEntry) -> String {
    let look: String
    switch entry.sign {
    case .series(let index):
      let marker = "pointtype \(FigurePalette.marker(index).filled) pointsize point_size"
      let color = "linecolor rgb color_\(index)"
      switch style(of: data.series[index]) {
      case .line: look = "lines \(color) linewidth line_width"
      case .points: look = "points \(color) \(marker)"
      case .pointsAndLine, .automatic:
        look = "linespoints \(color) linewidth 0.6*line_width \(marker)"
      }
    case .fit(let index): look = "lines \(fitLook(index))"
    case .curve(let index): look = "lines \(curveLook(index))"
    case .reference(let index): look = "lines \(referenceLook(index))"
    case .notConverged:
      look = "points linecolor rgb color_reference pointtype 6 pointsize point_size"
    }
    return "keyentry with \(look) title \(Escaping.gnuplotString(entry.text.gnuplot))"
  }

  /// Grey and dashed, each line in its own pattern.
  func referenceLook(_ index: Int) -> String {
    let dashes = ["(8,5)", "(2,3)", "(14,4,2,4)"]
    return "linecolor rgb color_reference linewidth line_width dashtype "
      + dashes[index % dashes.count]
  }

  private func curveLook(_ index: Int) -> String {
    let dashes = ["solid", "(12,4)", "(3,3)", "(12,3,3,3)"]
    return "linecolor rgb color_fit linewidth 0.8*line_width dashtype "
      + dashes[index % dashes.count]
  }

  /// In the colour of its series where it has one; several fits of all data differ by dashes.
  private func fitLook(_ index: Int) -> String {
    let group = specification.fits[index].group
    let owner = data.series.firstIndex { $0.key == group }
    let color = owner.map { "color_\($0)" } ?? "color_fit"
    let dashes = ["solid", "(10,4)", "(3,3)"]
    return "linecolor rgb \(color) linewidth 0.8*line_width dashtype "
      + (data.series.count > 1 && owner != nil ? "(10,4)" : dashes[index % dashes.count])
  }

  /// Characters of room beside the legend's texts.
  private static let legendWidth = 1

  /// The SVG terminal guesses wide letters and would set the legend far from its border.
  private var svgLegendWidth: Int {
    Self.legendWidth - legend.reduce(0) { max($0, $1.text.plain.count) } * 3 / 10
  }

  private func legendWidthLine(_ width: Int) -> String {
    legend.isEmpty ? "" : "set key width \(width)\n"
  }

  /// The vector picture for screens, before the plot command.
  var firstOutputSection: String {
    """
    # Files
    set terminal svg enhanced size 640*canvas_width,480 font font_name.",18" \\
      background rgb "white"
    point_size = svg_point_size
    \(legendWidthLine(svgLegendWidth))set output "\(specification.name).svg"
    """
  }

  /// The same picture for print and as pixels.
  var otherOutputsSection: String {
    let name = specification.name
    return """
      point_size = other_point_size
      \(legendWidthLine(Self.legendWidth))\
      set terminal pdfcairo enhanced color size 4.72*canvas_width,3.54 \\
        font font_name.",8.2" fontscale 1 linewidth 0.9 pointscale 0.6
      set output "\(name).pdf"
      replot
      set terminal pngcairo enhanced size 1920*canvas_width,1440 font font_name.",18" \\
        fontscale 2.5 linewidth 3 pointscale 3 background rgb "white"
      set output "\(name).png"
      replot
      set output
      """
  }
}
