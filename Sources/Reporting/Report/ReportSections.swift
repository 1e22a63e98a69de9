/// The parts of the page, each a pure function of its content that never exceeds its share.
enum ReportSections {
  /// A section with a heading, or nothing around nothing.
  static func section(_ title: String, id: String, _ body: String) -> String {
    guard !body.isEmpty else { return "" }
    return "<section id=\"\(id)\"><h2>\(Escaping.markup(title))</h2>\n\(body)</section>\n"
  }

  static func verdict(_ verdict: ReportVerdict) -> String {
    let word =
      switch verdict.level {
      case .passed: "Passed"
      case .inconclusive: "Inconclusive"
      case .failed: "Failed"
      case .unchecked: "Not checked"
      }
    let lines = verdict.details.prefix(50).map {
      "<li>\(MathText(shortened($0, to: 600)).html)</li>"
    }
    let rest = verdict.details.count - lines.count
    let more = rest > 0 ? "<li>and \(rest) more</li>" : ""
    let list = lines.isEmpty ? "" : "<ul>\(lines.joined())\(more)</ul>"
    return """
      <div class="verdict \(verdict.level.rawValue)" role="status"><p><strong>\(word).</strong> \
      \(MathText(shortened(verdict.headline, to: 600)).html)</p>\(list)</div>

      """
  }

  static func overview(_ facts: [ReportFact]) -> String {
    guard !facts.isEmpty else { return "" }
    let items = facts.prefix(12).map {
      """
      <div><dt>\(MathText(shortened($0.name, to: 60)).html)</dt>\
      <dd>\(MathText(shortened($0.value, to: 60)).html)</dd></div>
      """
    }
    return "<dl class=\"overview\">\(items.joined())</dl>\n"
  }

  static func facts(_ facts: [ReportFact]) -> String {
    guard !facts.isEmpty else { return "" }
    let items = facts.prefix(200).map {
      """
      <dt>\(Escaping.markup(shortened($0.name, to: 100)))</dt>\
      <dd>\(Escaping.markup(shortened($0.value, to: 500)))</dd>
      """
    }
    return "<dl class=\"facts\">\(items.joined())</dl>\n"
  }

  static func figure(_ figure: ReportFigure, number: Int, room: inout Int) -> String {
    switch figure {
    case .failed(let error):
      return "<div class=\"missing\"><p>\(Escaping.markup(error.description))</p></div>\n"
    case .drawn(let drawn, let folder):
      let title = drawn.title.isEmpty ? drawn.name : drawn.title
      let path = folder.isEmpty ? "" : folder + "/"
      let files = drawn.files.map { file in
        let ending = file.split(separator: ".").last.map(String.init) ?? file
        return "<a href=\"\(link(path + file))\">\(Escaping.markup(ending))</a>"
      }
      let label = Escaping.markup(MathText(title).plain)
      var picture = InlineSVG.prepared(drawn.svg, prefix: "f\(number)-", label: label) ?? ""
      if picture.utf8.count > room {
        picture = "<p class=\"missing\">Too large for this page: see its files.</p>"
      } else {
        room -= picture.utf8.count
      }
      let warnings = drawn.warnings.prefix(8).map {
        "<span class=\"warning\">\(Escaping.markup(shortened($0, to: 300)))</span>"
      }
      return """
        <figure id="figure-\(Escaping.markup(drawn.name))"\
        \(InlineSVG.isBroad(drawn.svg) ? " class=\"broad\"" : "")>\(picture)
        <figcaption><b>\(MathText(title).html).</b> \(MathText(drawn.caption).html) \
        \(warnings.joined(separator: " ")) <span class="files">\(files.joined(separator: " · "))\
        </span></figcaption></figure>

        """
    }
  }

  static func learningCurves(_ curves: [LearningCurve]) -> String {
    guard !curves.isEmpty else { return "" }
    let most = 48
    let drawn = curves.prefix(most).map { LearningCurveDrawing($0).html }.joined()
    let hasValidation = curves.contains { !$0.validation.isEmpty }
    let key =
      hasValidation
      ? "Loss against training steps; dashed on samples not trained on."
      : "Loss against training steps."
    let rest = curves.count > most ? " \(curves.count - most) more curves are not shown." : ""
    return "<div class=\"multiples\">\(drawn)</div>\n<p class=\"note\">\(key)\(rest)</p>\n"
  }

  static func manifest(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    let most = 200_000
    let shown = text.utf8.count > most ? String(text.prefix(most / 4)) : text
    let note =
      shown.utf8.count < text.utf8.count
      ? "<p class=\"note\">Only the beginning of the manifest is shown.</p>\n" : ""
    return "<pre><code>\(Escaping.markup(shown))</code></pre>\n\(note)"
  }
}

extension BaselineComparison {
  /// The comparison as a table, what needs attention first.
  var table: ResultTable {
    let order = Outcome.allCases
    let sorted = stablySorted(rows) { a, b in
      let (left, right) = (
        order.firstIndex(of: a.outcome) ?? 0, order.firstIndex(of: b.outcome) ?? 0
      )
      return left != right ? left < right : abs(a.zScore ?? 0) > abs(b.zScore ?? 0)
    }
    return ResultTable(
      name: "comparison",
      columns: [
        .init("outcome"), .init("point"), .init("observable"),
        .init("z", label: "$z$", summary: "The difference in units of its error"),
        .init("baseline"), .init("current"),
        .init("detectable", label: "detectable shift", summary: "The smallest shift seen for sure"),
      ],
      rows: sorted.map { row in
        [
          .text(row.outcome.rawValue), .text(row.point), .text(row.observable),
          row.zScore.map { .number(($0 * 100).rounded() / 100) } ?? .missing,
          .measured(row.baseline), .measured(row.current),
          row.detectableShift.map { .measured(MeasuredValue($0)) } ?? .missing,
        ]
      })
  }
}
