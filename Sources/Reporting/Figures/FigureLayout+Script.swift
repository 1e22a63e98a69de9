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
    # The SVG terminal draws the same markers larger.
    svg_point_size = 0.55
    other_point_size = 0.95
    # The legend beside the plot has its own room.
    canvas_width = \(exactText(canvasWidth))
    \(colorLines)
    set encoding utf8
    set minussign
    set border linewidth 0.9
    set xtics in mirror scale 0.8, 0.45
    set ytics in mirror scale 0.8, 0.45
    set errorbars 0.6
    # Otherwise the SVG terminal leaves a white disk around the middle of error bars.
    set pointintervalbox 0.001
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
    var decade = scale.firstDecade
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
    let wrapped = categories.map { wrappedLines($0, width: slot) }
    let fits = wrapped.allSatisfy { $0.count <= 3 && $0.allSatisfy { $0.count <= slot } }
    let names = fits ? wrapped : categories.map { [abbreviated($0, to: 20)] }
    let marks = names.enumerated().map { place, lines in
      let text = lines.map { Escaping.gnuplotString(MathText($0).gnuplot).dropFirst().dropLast() }
        .joined(separator: "\\n")
      return "\"\(text)\" \(place)"
    }
    let list = "(\(marks.joined(separator: ", ")))"
    if fits {
      // gnuplot reserves one line for the names.
      let extra = (names.map(\.count).max() ?? 1) - 1
      return ["set xtics norotate scale 0 \(list)"]
        + (extra > 0 ? ["set xlabel offset 0, -\(extra)", "set bmargin \(extra + 3).5"] : [])
    }
    // Slanted names reach out to the left and below: 8.6 px a character on a canvas of 640 x 480.
    let reach = 8.6 * Double(names.map { $0[0].count }.max() ?? 0)
    let left = max(0.15, 0.819 * reach / 640 - 0.45 / Double(categories.count) + 0.07)
    let bottom = 0.574 * reach / 480 + 0.17
    return [
      "set xtics rotate by 35 right scale 0 \(list)",
      "set rmargin at screen 0.97",
      "set lmargin at screen \(exactText((left * 1000).rounded() / 1000))",
      "set bmargin at screen \(exactText((bottom * 1000).rounded() / 1000))",
    ]
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
      let mark = "set arrow \(index + 1) \(ends(value, value)) nohead back \(referenceLook(index))"
      guard let error = line.value.error, error > 0, error.isFinite else { return [mark] }
      return [
        "set object \(index + 1) rectangle \(ends(value - error, value + error)) behind "
          + "fillstyle solid 0.18 noborder fillcolor rgb color_reference", mark,
      ]
    }
  }
}

/// A long name without its middle: what tells names apart often stands at the end.
private func abbreviated(_ text: String, to limit: Int) -> String {
  guard text.count > limit else { return text }
  let tail = (limit - 1) / 2
  return text.prefix(limit - 1 - tail) + "…" + text.suffix(tail)
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
