import Foundation
import Reporting
import Testing

@Suite struct ResultTableTests {
  @Test func plainTextAlignsOnTheDecimalPoint() {
    let expected = """
      model                   layers  temperature [t]  acceptance  note
      linear                       0             0.05  0.2103(21)
      attention <3> & "more"       6             0.1   0.86(4)?    tab here | a_b $5
      plain                        1              inf   nan
      ? not converged

      """
    #expect(sampleTable().plainText() == expected)
  }

  @Test func plainTextLeavesOutWhatDoesNotFit() {
    let text: String = sampleTable().plainText(width: 50)
    let lines: [Substring] = text.split(separator: "\n")
    #expect(lines.dropLast(2).allSatisfy { $0.count <= 50 })
    #expect(text.hasSuffix("(not shown for want of width: acceptance, note)\n"))
  }

  @Test func plainTextWithDetails() {
    let lines = sampleTable().plainText(details: true).split(separator: "\n")
    #expect(lines[0].contains("acceptance        tau  ESS"))
    #expect(lines[1].contains("12.3(1.1)"))
    #expect(lines[1].contains("812"))
  }

  @Test func emptyTable() {
    let table = ResultTable(name: "none", columns: [.init("a"), .init("b")])
    #expect(table.plainText() == "a  b\n(no rows)\n")
    #expect(table.tabSeparated() == "a\tb\n")
    #expect(table.markdown().split(separator: "\n").count == 2)
    #expect(ResultTable(name: "void", columns: []).plainText() == "(no rows)\n")
  }

  @Test func tabSeparatedSpreadsMeasuredColumns() {
    let lines = sampleTable().tabSeparated().split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      lines[0] == [
        "model", "layers", "temperature", "acceptance", "acceptance_error", "acceptance_tau",
        "acceptance_tau_error", "acceptance_ess", "acceptance_converged", "acceptance_artifact",
        "note",
      ])
    #expect(lines.allSatisfy { $0.count == 11 })
    #expect(lines[1][3...9] == ["0.21034", "0.0021", "12.3", "1.1", "812.4", "yes", "1f0c"])
    #expect(lines[2][8] == "no")
    #expect(lines[2][10] == "tab here | a_b $5")
    #expect(lines[3][2...4] == ["inf", "nan", ""])
  }

  @Test func fullPrecisionSurvivesTheFiles() throws {
    let value = 0.1 + 0.2
    let table = ResultTable(
      name: "exact", columns: [.init("y")],
      rows: [[.measured(MeasuredValue(value, error: 1 / 3.0))]])
    let fields = table.tabSeparated().split(whereSeparator: { "\n\t".contains($0) })
    #expect(Double(fields[2]) == value)
    #expect(Double(fields[3]) == 1 / 3.0)
  }

  /// Read back with an independent parser.
  @Test func jsonIsValidAndComplete() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(sampleTable().json().utf8)) as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == 3)
    #expect(rows[1]["model"] as? String == "attention <3> & \"more\"")
    #expect(rows[1]["note"] as? String == "tab\there | a_b $5")
    let measured = try #require(rows[1]["acceptance"] as? [String: Any])
    #expect(measured["value"] as? Double == 0.86)
    #expect(measured["converged"] as? Bool == false)
    #expect(measured["tauError"] == nil)
    #expect(rows[2]["temperature"] as? String == "inf")
    #expect(rows[0]["note"] is NSNull)
    #expect((object["columns"] as? [[String: Any]])?[2]["unit"] as? String == "$t$")
  }

  @Test func markdownEscapes() {
    let lines = sampleTable().markdown().split(separator: "\n")
    #expect(lines[0] == "| Model | L | T (t) | Acceptance | note |")
    #expect(lines[1] == "| --- | ---: | ---: | ---: | --- |")
    #expect(lines[3].contains("0.86(4)?"))
    #expect(lines[3].contains("tab here \\| a\\_b \\$5"))
  }

  @Test func latexEscapesAndKeepsMathematics() {
    let text = sampleTable().latex()
    #expect(text.contains("Model & $L$ & $T$ ($t$) & Acceptance & note \\\\"))
    #expect(text.contains("attention $<$3$>$ \\& \"more\" & $6$ & $0.1$ & $0.86(4)$\\rlap{$^{*}$}"))
    #expect(text.contains("\\begin{tabular}{lrrrl}"))
    #expect(text.contains("$\\infty$ & --"))
  }

  @Test func renderingsRepeat() {
    #expect(sampleTable().json() == sampleTable().json())
    #expect(sampleTable().filtered { $0[0] == .text("plain") }.rows.count == 1)
    #expect(sampleTable().index(ofColumn: "layers") == 1)
    #expect(sampleTable().index(ofColumn: "nothing") == nil)
  }
}
