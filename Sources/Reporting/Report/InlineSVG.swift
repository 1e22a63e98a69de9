/// gnuplot's SVG made fit for a page of several: own id prefix, no prolog, colours that follow the
/// page's light or dark scheme, and fonts from the style sheet.
enum InlineSVG {
  static func prepared(_ svg: String, prefix: String, label: String) -> String? {
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
        .replacing("=\(quote)black\(quote)", with: "=\(quote)var(--ink)\(quote)")
        .replacing("=\(quote)#FFFFFF\(quote)", with: "=\(quote)var(--ground)\(quote)")
        .replacing("=\(quote)rgb(255, 255, 255)\(quote)", with: "=\(quote)var(--ground)\(quote)")
        .replacing("=\(quote)rgb(  0,   0,   0)\(quote)", with: "=\(quote)var(--ink)\(quote)")
        .replacing("=\(quote)rgb( 64,  64,  64)\(quote)", with: "=\(quote)var(--soft)\(quote)")
    }
    body = body.replacing("url(#", with: "url(#\(prefix)")
      .replacing("<g fill=\"none\" ", with: "<g fill='none' ")
      .replacing("fill=\"black\"", with: "fill=\"var(--ink)\"")
    // A presentation attribute cannot hold var(); a style can.
    body.replace(#/ (color|stroke|fill)=['"](var\(--[a-z]+\))['"]/#) { match in
      " style=\"\(match.output.1):\(match.output.2)\""
    }
    return "<svg class=\"plot\" viewBox=\"\(box)\" role=\"img\" aria-label=\"\(label)\">" + body
  }

  private static func viewBox(_ tag: Substring) -> String {
    guard let mark = tag.firstRange(of: "viewBox=\"") else { return "0 0 640 480" }
    return String(tag[mark.upperBound...].prefix { $0 != "\"" })
  }
}
