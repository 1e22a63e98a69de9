import Reporting
import Testing

/// Tables as they stand in the page.
@Suite struct HTMLTableTests {
  func page(_ table: ResultTable, tsv: String? = nil) -> String {
    var content = ReportContent(title: "t", verdict: ReportVerdict(.passed, headline: ""))
    content.tables = [ReportTable(table, tsv: tsv)]
    let html = HTMLReport(content).html()
    return String(
      html[(html.firstRange(of: "<section id=\"tables\"")?.lowerBound ?? html.startIndex)...])
  }

  @Test func valuesCarryTheNumberTheySortBy() {
    let html = page(sampleTable())
    #expect(html.contains("<td data-v=\"0.21034\">0.2103(21)</td>"))
    #expect(html.contains("<td class=\"detail\" data-v=\"12.3\">12.3(1.1)</td>"))
    #expect(html.contains("<td class=\"detail\" data-v=\"812.4\">812</td>"))
    #expect(html.contains("<td data-v=\"6.0\">6</td>"))
    // What is no number sorts as text, what is missing goes last.
    #expect(html.contains("<td>nan</td>"))
    #expect(html.contains("<td class=\"text\"></td>"))
  }

  @Test func openRowsAreMarked() {
    let html = page(sampleTable())
    #expect(html.contains("<tr class=\"open\"><td class=\"text\">attention &lt;3&gt; &amp;"))
    #expect(html.contains("0.86(4)<span class=\"mark\" role=\"img\" aria-label=\"not converged\">"))
    #expect(html.contains("</span> not converged."))
  }

  @Test func headsShowLabelUnitAndSummary() {
    let html = page(sampleTable())
    #expect(html.contains("<i>T</i> <span class=\"unit\">[<i>t</i>]</span>"))
    #expect(html.contains("title=\"Number of attention layers\""))
    #expect(html.contains("<i>τ</i><sub>int</sub>"))
  }

  @Test func artifactsOfARowAreNamedOnce() {
    let key = String(repeating: "0123456789abcdef", count: 4)
    let value = ResultTable.Cell.measured(MeasuredValue(1, error: 0.1, artifact: key))
    let html = page(
      ResultTable(name: "t", columns: [.init("a"), .init("b")], rows: [[value, value]]))
    #expect(html.contains("<td class=\"text\"><code>0123456789ab</code></td></tr>"))
  }

  @Test(arguments: [1, 2, 3, 4])
  func detailsAreHiddenWhereTheyWouldDrown(observables: Int) {
    let value = ResultTable.Cell.measured(
      MeasuredValue(1, error: 0.1, autocorrelationTime: 2, effectiveSamples: 50))
    let row = Array(repeating: value, count: observables)
    let html = page(
      ResultTable(
        name: "t", columns: (0..<observables).map { .init("o\($0)") },
        rows: Array(repeating: row, count: 5)))
    #expect(html.contains("class=\"brief\"") == (observables > 2))
    #expect(html.contains("class=\"details\" checked") == (observables <= 2))
  }

  @Test func mainColumnsAreOpenAndTheOthersAClickAway() {
    let value = ResultTable.Cell.measured(
      MeasuredValue(1, error: 0.1, autocorrelationTime: 2, effectiveSamples: 50))
    var table = ReportTable(
      ResultTable(
        name: "t", columns: [.init("x"), .init("a"), .init("b")],
        rows: [[.integer(1), value, value]]
      ))
    table.main = ["x", "a"]
    var content = ReportContent(title: "t", verdict: ReportVerdict(.passed, headline: ""))
    content.tables = [table]
    let html = HTMLReport(content).html()
    #expect(html.contains("<table id=\"table-0\" class=\"short\">"))
    #expect(html.contains("class=\"all\"> all 3 columns"))
    #expect(html.contains("<td class=\"detail\" data-v=\"2.0\">2</td>"))
    #expect(html.contains("<td class=\"extra\" data-v=\"1.0\">1.00(10)</td>"))
    #expect(html.contains("<td class=\"detail extra\" data-v=\"50.0\">50</td>"))
  }

  /// Rows go before columns: all of them stay, with the main columns alone.
  @Test func rowsGoBeforeColumnsThatFewAskFor() {
    let columns = (0..<60).map { ResultTable.Column("y\($0)") }
    var table = ReportTable(
      ResultTable(
        name: "t", columns: columns,
        rows: Array(repeating: Array(repeating: .number(0.125), count: 60), count: 3000)))
    table.main = ["y0", "y1"]
    var content = ReportContent(title: "t", verdict: ReportVerdict(.passed, headline: ""))
    content.tables = [table]
    let html = HTMLReport(content).html()
    #expect(html.ranges(of: "<tr").count == 3001)
    #expect(!html.contains("class=\"extra\""))
    #expect(html.contains("58 more columns are not shown."))
  }

  @Test func shortTablesHaveNoControls() {
    #expect(!page(sampleTable()).contains("class=\"filter\""))
    #expect(page(ResultTable(name: "t", columns: [.init("a")])).contains("No rows."))
  }

  @Test func longTablesSayWhereTheRestIs() {
    var table = ResultTable(name: "t", columns: [.init("a")])
    for row in 0..<60_000 { table.append([.text("a rather long text in row \(row)")]) }
    let html = page(table, tsv: "a table.tsv")
    #expect(html.contains("of 60000 rows are shown."))
    #expect(html.contains("<a href=\"a%20table.tsv\">a table.tsv</a>"))
    #expect(html.utf8.count < 1_500_000)
  }

  @Test func wordsOfAComparisonCarryColour() {
    let html = page(
      ResultTable(
        name: "t", columns: [.init("a")], rows: [[.text("inconsistent")], [.text("odd")]]))
    #expect(html.contains("<span class=\"inconsistent\">inconsistent</span>"))
    #expect(html.contains("<td class=\"text\">odd</td>"))
  }
}
