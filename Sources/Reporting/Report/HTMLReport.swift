internal import FileSystem

/// A report as one self-contained HTML page: no network, no framework, under `sizeLimit` bytes
/// whatever the size of the sweep.
public struct HTMLReport: Sendable {
  /// What a page never exceeds.
  public static let sizeLimit = 5_000_000

  /// What the page shows.
  public var content: ReportContent

  /// The report of a content.
  public init(_ content: ReportContent) {
    self.content = content
  }

  /// The shares of the page, together well below the limit.
  private enum Share {
    static let figures = 2_000_000
    static let tables = 1_300_000
    static let comparison = 400_000
  }

  /// The whole page. Equal contents give equal bytes.
  public func html() -> String {
    let title = Escaping.markup(shortened(content.title, to: 300))
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(title)</title>
      <style>
      \(ReportStyle.css)
      </style>
      </head>
      <body>
      <main>
      <header><h1>\(title)</h1>
      \(subtitle)</header>
      \(ReportSections.verdict(content.verdict))\(ReportSections.overview(content.overview))\
      \(navigation)\(body)</main>
      <script>
      \(ReportScript.javascript)
      </script>
      </body>
      </html>

      """
  }

  /// Writes the page; a reader never meets half of it.
  public func write(to path: String) throws(ReportFileError) {
    do throws(SystemError) {
      try Path(path).replace(with: html())
    } catch {
      throw ReportFileError(path: error.path, reason: error.reason)
    }
  }

  private var subtitle: String {
    content.subtitle.isEmpty
      ? "" : "<p class=\"subtitle\">\(MathText(shortened(content.subtitle, to: 600)).html)</p>"
  }

  private var sections: [(title: String, id: String, body: String)] {
    [
      ("Figures", "figures", figures), ("Comparison with the baseline", "comparison", comparison),
      ("Tables", "tables", tables),
      ("Learning curves", "learning", ReportSections.learningCurves(content.learningCurves)),
      ("Stages", "stages", content.stages.map { StageGraphDrawing($0).svg + legend } ?? ""),
      ("Timeline", "timeline", content.execution.map { TimelineDrawing($0.bars).svg } ?? ""),
      ("Provenance", "provenance", provenance),
      ("Manifest", "manifest", ReportSections.manifest(content.manifest)),
    ].filter { !$0.2.isEmpty }
  }

  private var body: String {
    sections.map { ReportSections.section($0.title, id: $0.id, $0.body) }.joined()
  }

  private var navigation: String {
    let links = sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" }
    return links.count < 2 ? "" : "<nav>\(links.joined(separator: " "))</nav>\n"
  }

  private var figures: String {
    var room = Share.figures
    let drawn = content.figures.enumerated().map { index, figure in
      ReportSections.figure(figure, number: index, room: &room)
    }
    return drawn.isEmpty ? "" : "<div class=\"figures\">\n\(drawn.joined())</div>\n"
  }

  private var tables: String {
    let share = Share.tables / max(content.tables.count, 1)
    let missing = content.tableFailures.map {
      "<div class=\"missing\"><p>\(Escaping.markup(shortened($0.description, to: 2000)))</p></div>\n"
    }
    return missing.joined()
      + content.tables.enumerated().map { index, table in
        let title = table.table.title.isEmpty ? table.table.name : table.table.title
        let caption = table.caption.isEmpty ? "" : "<p>\(MathText(table.caption).html)</p>\n"
        let body = caption + HTMLTable(table, id: "table-\(index)").html(limit: share)
        let heading = MathText(title).html
        return table.isFolded
          ? "<details><summary>\(heading)</summary>\n\(body)</details>\n"
          : "<h3>\(heading)</h3>\n\(body)"
      }.joined()
  }

  private var comparison: String {
    guard let comparison = content.comparison else { return "" }
    let table = HTMLTable(ReportTable(comparison.table), id: "table-comparison")
    let counts = BaselineComparison.Outcome.allCases.compactMap { outcome in
      let count = comparison.rows.count { $0.outcome == outcome }
      return count == 0 ? nil : "<b class=\"\(outcome.rawValue)\">\(count)</b> \(outcome.rawValue)"
    }
    return """
      <p>Against \(Escaping.markup(shortened(comparison.baseline, to: 300))): \
      \(counts.joined(separator: ", ")). \
      \(MathText(shortened(comparison.method, to: 2000)).html)</p>
      \(table.html(limit: Share.comparison))
      """
  }

  private var provenance: String {
    ReportSections.facts(content.provenance)
      + ReportSections.facts(content.execution?.facts ?? [])
  }

  private var legend: String {
    let keys = StageGraph.State.allCases.map {
      "<span class=\"key\"><i class=\"state-\($0.rawValue)\"></i>\($0.rawValue)</span>"
    }
    return "<p class=\"note\">\(keys.joined(separator: " "))</p>\n"
  }
}

/// A report could not be written.
public struct ReportFileError: Error, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String
  /// Why, in words.
  public var reason: String
  /// One sentence naming file and reason.
  public var description: String { "cannot write \(path): \(reason)" }
}
