import Foundation
import FoundationXML
import Reporting
import ScratchFolders
import Testing

@Suite struct JUnitReportTests {
  static let report = JUnitReport(
    name: "attention-depth",
    suites: [
      .init(
        "bit identity",
        cases: [.init("exact", className: "tiny.exact", seconds: 0.12345)]),
      .init(
        "statistics",
        cases: [
          .init(
            "acceptance at L < 6", className: "depth.analysis",
            outcome: .failed(message: "z = 7.1 & \"rising\"", details: "0.5(1) -> 0.9(1)\n\u{1}")),
          .init(
            "tau", className: "depth.analysis",
            outcome: .error(message: "not converged", details: "")),
          .init("M_st", className: "depth.analysis", outcome: .skipped(message: "underpowered")),
        ]),
    ])

  /// Collects what an independent parser reads.
  final class Reader: NSObject, XMLParserDelegate {
    var elements: [(name: String, attributes: [String: String])] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append((name, attributes))
    }
  }

  @Test func isWellFormedAndCounts() {
    let parser = XMLParser(data: Data(Self.report.xml().utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse())
    #expect(
      reader.elements.map(\.name) == [
        "testsuites", "testsuite", "testcase", "testsuite", "testcase", "failure", "testcase",
        "error", "testcase", "skipped",
      ])
    #expect(reader.elements[0].attributes["tests"] == "4")
    #expect(reader.elements[0].attributes["failures"] == "1")
    #expect(reader.elements[0].attributes["errors"] == "1")
    #expect(reader.elements[0].attributes["skipped"] == "1")
    #expect(reader.elements[2].attributes["time"] == "0.123")
    #expect(reader.elements[4].attributes["name"] == "acceptance at L < 6")
    #expect(reader.elements[4].attributes["time"] == nil)
    #expect(reader.elements[5].attributes["message"] == "z = 7.1 & \"rising\"")
  }

  @Test func writesFiles() throws {
    let path = NSTemporaryDirectory() + "slmc-junit-\(UUID().uuidString).xml"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.report.write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.report.xml())
    #expect(throws: ReportFileError.self) { try Self.report.write(to: "/dev/null/x.xml") }
  }

  @Test func tablesWriteTheirFiles() throws {
    let scratch = try ScratchFolder()
    let directory = "\(scratch.path)/new/deep"
    let names = try sampleTable().write(into: directory)
    #expect(
      names == ["acceptance.tsv", "acceptance.json", "acceptance.md", "acceptance.tex"])
    #expect(
      try String(contentsOfFile: directory + "/acceptance.tsv", encoding: .utf8)
        == sampleTable().tabSeparated())
  }
}
