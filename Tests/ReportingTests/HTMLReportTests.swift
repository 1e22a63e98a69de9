import Foundation
import Reporting
import Testing

/// The page as text.
@Suite struct HTMLReportTests {
  @Test func equalContentsGiveEqualBytes() {
    let page = HTMLReport(sampleReport()).html()
    #expect(page == HTMLReport(sampleReport()).html())
    // Times and hosts come in through the execution record alone.
    #expect(!page.contains("id=\"timeline\""))
    var content = sampleReport()
    content.execution = sampleExecution()
    #expect(HTMLReport(content).html().contains("id=\"timeline\""))
  }

  @Test func staysSmallAtAnySize() throws {
    let picture =
      "<svg viewBox=\"0 0 640 480\">" + String(repeating: "<path d='M0 0'/>", count: 40_000)
      + "</svg>"
    var content = sampleReport(
      figures: (0..<12).map { index in .drawn(.sample(name: "f\(index)", svg: picture), folder: "")
      },
      rows: 30_000)
    content.execution = sampleExecution(jobs: 30_000)
    content.learningCurves = (0..<300).map { index in
      LearningCurve(
        label: "curve \(index)", steps: (0..<5000).map(Double.init),
        losses: (0..<5000).map { 1 / Double($0 + 1) })
    }
    content.manifest = String(repeating: "parameter: value\n", count: 100_000)
    content.verdict.details = (0..<5000).map { "detail \($0)" }
    let page = HTMLReport(content).html()
    #expect(page.utf8.count < HTMLReport.sizeLimit, "\(page.utf8.count) bytes")
    #expect(page.contains("of 30000 rows are shown. All are in <a href=\"acceptance.tsv\">"))
    #expect(page.contains("Too large for this page"))
    #expect(page.contains("and 4950 more"))
    #expect(page.contains("252 more curves are not shown."))
  }

  @Test func nothingEscapesItsPlace() {
    var content = ReportContent(
      title: "<img src=x onerror=alert(1)>", subtitle: "</title><script>",
      verdict: ReportVerdict(.failed, headline: "<b>\"bold\"</b>", details: ["</main>"]))
    content.overview = [.init("<i>", "&amp;")]
    content.tables = [
      ReportTable(
        ResultTable(
          name: "t", columns: [.init("<c>", summary: "\" onclick=\"x")],
          rows: [[.text("</table><script>x</script>")]]), tsv: "javascript:alert(1)")
    ]
    content.figures = [.failed(.badName("</div><script>"))]
    content.provenance = [.init("<dt>", "</dl>")]
    content.manifest = "</code></pre><script>alert(1)</script>"
    content.stages = StageGraph(
      stages: [.init(name: "</svg>", kind: "\"", counts: [:])], edges: [("</svg>", "nothing")])
    let page = HTMLReport(content).html()
    #expect(page.ranges(of: "<script>").count == 1)
    #expect(page.ranges(of: "</main>").count == 1)
    #expect(!page.contains("<img"))
    #expect(!page.contains("\" onclick"))
    #expect(!page.contains("href=\"javascript:"))
    #expect(page.contains("Failed."))
  }

  @Test func isSelfContained() {
    var content = sampleReport()
    content.execution = sampleExecution()
    let page = HTMLReport(content).html()
    for foreign in ["http://", "https://", "src=", "@import", "url("] {
      #expect(!page.contains(foreign), "\(foreign)")
    }
    #expect(page.contains("default-src 'none'"))
  }

  @Test func comparisonPutsTroubleFirst() throws {
    let page = HTMLReport(sampleReport()).html()
    let table = page[try #require(page.range(of: "id=\"table-comparison\"")).upperBound...]
    let doubtful = try #require(table.range(of: "<span class=\"underpowered\">"))
    let fine = try #require(table.range(of: "<span class=\"identical\">"))
    #expect(doubtful.lowerBound < fine.lowerBound)
    #expect(page.contains("<b class=\"underpowered\">3</b> underpowered"))
  }

  @Test func emptyReport() {
    let page = HTMLReport(
      ReportContent(title: "nothing", verdict: ReportVerdict(.unchecked, headline: "No runs yet."))
    ).html()
    #expect(page.contains("Not checked."))
    #expect(!page.contains("<section"))
    #expect(!page.contains("<nav>"))
  }

  @Test func cyclesAndStrangeTimesDoNoHarm() {
    var content = ReportContent(title: "c", verdict: ReportVerdict(.passed, headline: ""))
    content.stages = StageGraph(
      stages: ["a", "b", "c"].map { .init(name: $0, kind: $0, counts: [.done: 1]) },
      edges: [("a", "b"), ("b", "a"), ("c", "c")])
    content.execution = ExecutionRecord(bars: [
      .init(lane: "w", label: "x", start: .nan, end: 2),
      .init(lane: "w", label: "y", start: 3, end: 1),
      .init(lane: "w", label: "z", start: 0, end: 0),
    ])
    content.learningCurves = [
      LearningCurve(label: "empty", steps: [], losses: []),
      LearningCurve(label: "bad", steps: [0, 1], losses: [.nan, -1]),
      LearningCurve(label: "one", steps: [5], losses: [0.1]),
    ]
    let page = HTMLReport(content).html()
    #expect(!page.contains("nan"))
    #expect(page.contains("0\u{202F}s"))
  }
}

extension RenderedFigure {
  /// A figure that was never drawn.
  static func sample(name: String, svg: String) -> RenderedFigure {
    RenderedFigure(
      name: name, title: "", caption: "", files: ["\(name).svg"], svg: svg, warnings: [])
  }
}
