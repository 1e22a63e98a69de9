/// gnuplot's SVG made fit for a page of several: own id prefix, no prolog, colours that follow the
/// page's light or dark scheme, and fonts from the style sheet.
package enum InlineSVG {
  /// The style sheet's names of the colours that differ between light and dark pages.
  private static let variables = [
    "black": "ink", "rgb(  0,   0,   0)": "ink", "#FFFFFF": "ground",
    "rgb(255, 255, 255)": "ground", "rgb( 64,  64,  64)": "soft", "rgb(  0, 114, 178)": "mark",
    "rgb(213,  94,   0)": "series-1", "rgb(  0, 158, 115)": "series-2",
  ]

  package static func prepared(_ svg: String, prefix: String, label: String) -> String? {
    guard let start = svg.firstRange(of: "<svg")?.lowerBound,
      let close = svg[start...].firstIndex(of: ">")
    else { return nil }
    let box = viewBox(svg[start..<close])
    var body = String(svg[svg.index(after: close)...])
    // The canvas is the page's own ground.
    body.replace(#/<rect x="0" y="0" [^>]*fill="#ffffff"\/>/#, with: "", maxReplacements: 1)
    body.replace(#/<title>[^<]*<\/title>/#, with: "")
    body.replace(#/ font-family="[^"]*"/#, with: "")
    for quote in ["'", "\""] {
      body = body.replacing(" id=\(quote)", with: " id=\(quote)\(prefix)")
        .replacing("href=\(quote)#", with: "href=\(quote)#\(prefix)")
    }
    body = body.replacing("url(#", with: "url(#\(prefix)")
    // A presentation attribute cannot hold var(); a style can.
    body.replace(#/ (color|stroke|fill) ?= ?['"]([^'"]+)['"]/#) { match in
      guard let name = variables[String(match.output.2)] else { return String(match.output.0) }
      return " style=\"\(match.output.1):var(--\(name))\""
    }
    return "<svg class=\"plot\" viewBox=\"\(box)\" role=\"img\" aria-label=\"\(label)\">" + body
  }

  /// Whether a picture is so wide, with its legend beside the plot, that it wants the whole page.
  package static func isBroad(_ svg: String) -> Bool {
    guard let start = svg.firstRange(of: "<svg")?.lowerBound else { return false }
    let numbers = viewBox(svg[start...].prefix(400)).split(separator: " ").compactMap { Double($0) }
    return numbers.count == 4 && numbers[2] > 1.6 * numbers[3]
  }

  private static func viewBox(_ tag: Substring) -> String {
    guard let mark = tag.firstRange(of: "viewBox=\"") else { return "0 0 640 480" }
    return String(tag[mark.upperBound...].prefix { $0 != "\"" })
  }
}
