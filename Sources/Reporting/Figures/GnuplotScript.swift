extension FigureLayout {
  /// A standalone script that draws the figure three times; a user who wants other fonts, colours
  /// or sizes edits it and runs `gnuplot NAME.gp` in its directory.
  var script: String {
    let name = specification.name
    let sections = [
      """
      # \(name).gp draws \(name).svg, \(name).pdf and \(name).png from \(name).dat.
      # Restyle below, then run in this directory: gnuplot \(name).gp
      """,
      styleSection, axisSection, legendSection, firstOutputSection, plotSection,
      otherOutputsSection,
    ]
    return sections.joined(separator: "\n\n") + "\n"
  }

  private var styleSection: String {
    """
    # Style
    font_name = "CMU Serif"
    line_width = 1.6
    point_size = 0.85
    \(colorLines)
    set encoding utf8
    set minussign
    set border linewidth 0.9
    set tics front scale 0.8, 0.45 nomirror
    set tics in mirror
    set errorbars 0.6
    set samples 400
    set datafile missing "nan"
    """
  }

  private var colorLines: String {
    let ordered = data.series.allSatisfy { $0.number != nil }
    let colors = data.series.indices.map { index in
      let color = FigurePalette.color(index, of: data.series.count, ordered: ordered)
      return "color_\(index) = \"\(color)\""
    }
    return (colors + ["color_fit = \"#404040\"", "color_reference = \"#808080\""])
      .joined(separator: "\n")
  }

  private var axisSection: String {
    var lines = ["# Axes"]
    if specification.drawsTitle, !specification.title.isEmpty {
      lines.append("set title \(Escaping.gnuplotString(MathText(specification.title).gnuplot))")
    }
    lines += axisLines("x", x, label: xLabel) + axisLines("y", y, label: yLabel)
    lines += referenceLines
    // The lower end of an error bar, kept positive on a logarithmic axis.
    lines.append(
      y.isLogarithmic
        ? "low(y, e) = (y > e ? y - e : \(exactText(y.lower * 1e-3)))" : "low(y, e) = y - e")
    return lines.joined(separator: "\n")
  }

  private func axisLines(_ letter: String, _ scale: AxisScale, label: MathText) -> [String] {
    var lines = [
      "set \(letter)label \(Escaping.gnuplotString(label.gnuplot))",
      "set \(letter)range [\(exactText(scale.lower)):\(exactText(scale.upper))]",
    ]
    if scale.isLogarithmic { lines.append("set logscale \(letter)") }
    if letter == "x", let categories = data.categories {
      return lines + categoryTicks(categories)
    }
    if let ticks = scale.ticks {
      let marks = ticks.map { "\(Escaping.gnuplotString($0.label)) \(exactText($0.value))" }
      lines.append("set \(letter)tics (\(marks.joined(separator: ", ")))")
      lines += minorTicks(letter, scale, labelled: ticks.map(\.value))
    } else {
      if let step = scale.step { lines.append("set \(letter)tics \(exactText(step))") }
      if scale.step != 1 { lines.append("set m\(letter)tics 2") }
    }
    return lines
  }

  /// The unlabelled ticks 2…9 of each decade, where there are not too many decades.
  private func minorTicks(
    _ letter: String, _ scale: AxisScale, labelled: [Double]
  ) -> [String] {
    guard scale.isLogarithmic, scale.upper / scale.lower < 1e8 else { return [] }
    var marks: [String] = []
    var decade = niceStep(for: scale.lower, about: 10)
    while decade < scale.upper {
      for factor in 1...9 {
        let value = decade * Double(factor)
        guard value > scale.lower, value < scale.upper,
          !labelled.contains(where: { abs($0 - value) < 1e-6 * value })
        else { continue }
        marks.append("\"\" \(ValueNotation(value, digits: 3).plainText) 1")
      }
      decade *= 10
    }
    return marks.isEmpty ? [] : ["set \(letter)tics add (\(marks.joined(separator: ", ")))"]
  }

  private func categoryTicks(_ categories: [String]) -> [String] {
    let slot = max(4, 52 / max(categories.count, 1))
    let wrapped = categories.map { wrappedLines(shortened($0, to: 30), width: slot) }
    let fits = wrapped.allSatisfy { $0.count <= 3 && $0.allSatisfy { $0.count <= slot } }
    let marks = zip(categories, wrapped).enumerated().map { place, names in
      let lines = fits ? names.1 : [shortened(names.0, to: 24)]
      let text = lines.map { Escaping.gnuplotString(MathText($0).gnuplot).dropFirst().dropLast() }
        .joined(separator: "\\n")
      return "\"\(text)\" \(place)"
    }
    let direction = fits ? "norotate" : "rotate by 35 right"
    return ["set xtics \(direction) scale 0 (\(marks.joined(separator: ", ")))"]
  }

  /// Reference values as dashed lines across the plot, their errors as bands behind everything.
  private var referenceLines: [String] {
    specification.referenceLines.enumerated().flatMap { index, line -> [String] in
      let value = line.value.value
      guard value.isFinite else { return [] }
      func ends(_ low: Double, _ high: Double) -> String {
        let (low, high) = (exactText(low), exactText(high))
        return line.direction == .horizontal
          ? "from graph 0, first \(low) to graph 1, first \(high)"
          : "from first \(low), graph 0 to first \(high), graph 1"
      }
      let mark = "set arrow \(index + 1) \(ends(value, value)) nohead back \(referenceLook)"
      guard let error = line.value.error, error > 0, error.isFinite else { return [mark] }
      return [
        "set object \(index + 1) rectangle \(ends(value - error, value + error)) behind "
          + "fillstyle solid 0.18 noborder fillcolor rgb color_reference", mark,
      ]
    }
  }
}

/// Breaks a name at blanks and after hyphens into lines of at most `width` where it can.
private func wrappedLines(_ text: String, width: Int) -> [String] {
  guard text.count > width else { return [text] }
  var words: [String] = [""]
  for character in text {
    if character == " " {
      words.append("")
    } else {
      words[words.count - 1].append(character)
      if character == "-" || character == "_" || character == "/" { words.append("") }
    }
  }
  return words.reduce(into: [String]()) { lines, word in
    if let last = lines.last, last.count + word.count + 1 <= width {
      let joint = "-_/".contains(last.last ?? " ") ? "" : " "
      lines[lines.count - 1] = last + joint + word
    } else if !word.isEmpty {
      lines.append(word)
    }
  }
}
