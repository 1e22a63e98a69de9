import Reporting
import Testing

@Suite struct PictureTests {
  static let svg = """
    <?xml version="1.0" encoding="utf-8"  standalone="no"?>
    <svg
     width="640" height="480"
     viewBox="0 0 640 480"
     xmlns="http://www.w3.org/2000/svg"
    >
    <title>Gnuplot</title>
    <desc>Produced by GNUPLOT 5.4 patchlevel 4 </desc>
    <g id="gnuplot_canvas">
    <rect x="0" y="0" width="640" height="480" fill="#ffffff"/>
    <defs>
    <circle id='gpPt5' stroke-width='0.222' stroke='currentColor' cx='0' cy='0' r='1'/>
    <use xlink:href='#gpPt5' id='gpPt6' fill='currentColor' stroke='none'/>
    </defs>
    <use xlink:href='#gpPt6' transform='translate(1,1) scale(0.01)' color='#FFFFFF'/>
    <use xlink:href='#gpPt6' transform='translate(1,1) scale(4.05)' color='#FFFFFF'/>
    <path clip-path="url(#clip)" stroke='rgb(  0, 114, 178)' d='M0,0'/>
    <g stroke="none" fill="black" font-family="CMU Serif" font-size="16.00"><text>τ</text></g>
    </g></svg>
    """

  @Test func svgIsFinished() {
    let text = PictureFile.finishedSVG(Self.svg, title: "a < b")
    #expect(text.contains("<title>a &lt; b</title>"))
    #expect(!text.contains("GNUPLOT"))
    #expect(text.contains("font-family=\"CMU Serif, Latin Modern Roman,"))
    #expect(!text.contains("scale(0.01)"))
    #expect(text.contains("scale(4.05)"))
    #expect(text.contains("id='gpPt5' stroke-width='0.32'"))
  }

  @Test func inlineSVGIsIsolated() throws {
    let text = try #require(
      InlineSVG.prepared(
        PictureFile.finishedSVG(Self.svg, title: "t"), prefix: "f3-", label: "A figure"))
    #expect(text.hasPrefix("<svg class=\"plot\" viewBox=\"0 0 640 480\" role=\"img\""))
    #expect(text.contains("id='f3-gpPt5'"))
    #expect(text.contains("xlink:href='#f3-gpPt6'"))
    #expect(text.contains("id=\"f3-gnuplot_canvas\""))
    #expect(text.contains("url(#f3-clip)"))
    #expect(!text.contains("<?xml") && !text.contains("xmlns") && !text.contains("<title>"))
    #expect(!text.contains("font-family"))
    #expect(!text.contains("#ffffff"), "the canvas is the page's ground")
    #expect(text.contains("style=\"color:var(--ground)\""))
    #expect(text.contains("style=\"stroke:var(--mark)\""))
    #expect(text.contains("style=\"fill:var(--ink)\""))
  }

  @Test func whatIsNoPictureIsRefused() {
    #expect(InlineSVG.prepared("", prefix: "f", label: "") == nil)
    #expect(InlineSVG.prepared("<svg", prefix: "f", label: "") == nil)
    #expect(InlineSVG.prepared("<p>text</p>", prefix: "f", label: "") == nil)
    #expect(!InlineSVG.isBroad("nothing"))
    #expect(!InlineSVG.isBroad(Self.svg))
    #expect(InlineSVG.isBroad("<svg viewBox=\"0 0 1064 480\">"))
  }

  @Test func pdfLosesItsDateAndKeepsItsLength() {
    let bytes = Array("%PDF-1.5 … /CreationDate (D:20260102030405+01'00) >> 2026".utf8)
    let finished = PictureFile.finishedPDF(bytes)
    #expect(finished.count == bytes.count)
    #expect(
      String(decoding: finished, as: UTF8.self)
        == "%PDF-1.5 … /CreationDate (D:00000000000000+00'00) >> 2026")
    #expect(PictureFile.finishedPDF([]) == [])
    #expect(PictureFile.finishedPDF(Array("short".utf8)) == Array("short".utf8))
  }
}

@Suite struct StageGraphTests {
  func columns(_ stages: [String], _ edges: [(String, String)]) -> [Int] {
    StageGraph(
      stages: stages.map { .init(name: $0, kind: $0, counts: [:]) },
      edges: edges.map { (from: $0.0, to: $0.1) }
    ).columns
  }

  @Test func stagesStandAfterTheirInputs() {
    #expect(columns(["a", "b", "c"], [("a", "b"), ("b", "c")]) == [0, 1, 2])
    #expect(columns(["c", "b", "a"], [("a", "b"), ("b", "c"), ("a", "c")]) == [2, 1, 0])
    #expect(
      columns(["a", "b", "c", "d"], [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]) == [
        0, 1, 1, 2,
      ])
    #expect(columns([], []) == [])
    #expect(columns(["alone", "too"], []) == [0, 0])
  }

  @Test func lateInputsStandNextToTheirUse() {
    #expect(
      columns(["a", "b", "c", "late"], [("a", "b"), ("b", "c"), ("late", "c")]) == [0, 1, 2, 1])
  }

  @Test func cyclesEnd() {
    let result = columns(["a", "b", "c"], [("a", "b"), ("b", "a"), ("c", "c"), ("a", "x")])
    #expect(result.allSatisfy { (0..<3).contains($0) })
  }
}
