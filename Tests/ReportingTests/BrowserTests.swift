import Foundation
import Reporting
import Testing

/// The page in a real browser: it opens without errors, tables sort and filter, figures render,
/// nothing sticks out on a phone. With `SLMC_GALLERY=DIR` the page stays there to be looked at.
@Suite(.serialized) struct BrowserTests {
  static let chromium = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ].first(where: FileManager.default.isExecutableFile(atPath:))

  static let isReady = chromium != nil && FigureRendererTests.hasGnuplot
  static let comment: Comment =
    "SKIPPED: chromium or gnuplot is not installed, so the report was not opened in a browser"

  /// What the page says about itself after some clicks; written into the body's `data-probe`.
  static let probe = """
    <script>
    const errors = [];
    addEventListener("error", (event) => errors.push(event.message));
    addEventListener("securitypolicyviolation", (event) => errors.push(event.violatedDirective));
    addEventListener("load", () => {
      const table = document.getElementById("table-0");
      const column = (index) => Array.from(table.tBodies[0].rows)
        .filter((row) => !row.hidden).map((row) => row.cells[index].textContent);
      const head = table.tHead.rows[0].cells[3].querySelector("button");
      const visible = () => Array.from(table.tBodies[0].rows).filter((row) => !row.hidden).length;
      head.click();
      const up = column(3);
      head.click();
      const down = column(3);
      const filter = document.querySelector("[data-table=table-0] .filter");
      filter.value = "linear 0.04";
      filter.dispatchEvent(new Event("input"));
      const filtered = visible();
      filter.value = "";
      filter.dispatchEvent(new Event("input"));
      const only = document.querySelector("[data-table=table-0] .only-open");
      only.click();
      const open = visible();
      const ids = Array.from(document.querySelectorAll("[id]"), (element) => element.id);
      const marks = Array.from(document.querySelectorAll("svg.plot use"), (use) =>
        document.getElementById(use.getAttribute("xlink:href").slice(1)) !== null);
      const plots = Array.from(document.querySelectorAll("svg.plot"), (plot) =>
        plot.getBoundingClientRect().height > 50 && plot.querySelectorAll("text").length > 3);
      document.body.dataset.probe = JSON.stringify({
        up, down, filtered, open, all: table.tBodies[0].rows.length, errors,
        ids: ids.length, distinct: new Set(ids).size, marks: marks.every(Boolean),
        plots: plots.length, drawn: plots.every(Boolean),
        overflow: document.documentElement.scrollWidth - innerWidth,
      });
    });
    </script>
    """

  struct Findings: Decodable {
    var up: [String]
    var down: [String]
    var filtered: Int
    var open: Int
    var all: Int
    var errors: [String]
    var ids: Int
    var distinct: Int
    var marks: Bool
    var plots: Int
    var drawn: Bool
    var overflow: Double
  }

  /// Opens a page and returns its serialised document and what the console said.
  func open(_ path: String, width: Int) throws -> (document: String, console: [String]) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.chromium))
    let profile = NSTemporaryDirectory() + "slmc-browser-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: profile) }
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(profile)",
      "--enable-logging=stderr", "--window-size=\(width),900", "--dump-dom", "file://\(path)",
    ]
    let log = profile + ".log"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    defer { try? FileManager.default.removeItem(atPath: log) }
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let document = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let messages = try String(contentsOfFile: log, encoding: .utf8).components(separatedBy: "\n")
    return (document, messages.filter { $0.contains("CONSOLE") })
  }

  /// The path of the page under test, written once.
  static let page = Result { try makePage() }

  static func makePage() throws -> String {
    let directory = FigureCases.directory
    let renderer = FigureRenderer(directory: directory + "/figures")
    var figures = renderer.render(FigureCases.all).map { result -> ReportFigure in
      switch result {
      case .success(let figure): .drawn(figure, folder: "figures")
      case .failure(let error): .failed(error)
      }
    }
    figures.append(
      .failed(.missingColumn(figure: "broken", column: "acceptence", available: ["acceptance"])))
    var content = sampleReport(figures: figures)
    content.execution = sampleExecution()
    let report = HTMLReport(content)
    try report.write(to: directory + "/report.html")
    let probed = directory + "/probed.html"
    try report.html().replacingOccurrences(of: "<body>", with: "<body>" + probe)
      .write(toFile: probed, atomically: true, encoding: .utf8)
    return probed
  }

  func findings(in document: String) throws -> Findings {
    let start = try #require(document.range(of: "data-probe=\""), "the script did not finish")
    let quoted = document[start.upperBound...].prefix { $0 != "\"" }
    let json = quoted.replacingOccurrences(of: "&quot;", with: "\"")
    return try JSONDecoder().decode(Findings.self, from: Data(json.utf8))
  }

  @Test(.enabled(if: isReady, comment), arguments: [1100, 500])
  func worksInABrowser(width: Int) throws {
    let (document, console) = try open(try Self.page.get(), width: width)
    #expect(console.isEmpty)
    let found = try findings(in: document)
    #expect(found.errors.isEmpty)
    #expect(found.up.count == 24)
    let values = found.up.compactMap { Double($0.prefix { $0 != "(" }) }
    #expect(values == values.sorted() && values.count == 24)
    #expect(found.down == found.up.reversed())
    // Every fourth row is linear, every fifth at T = 0.04: rows 12 of 0..<24, and no others.
    #expect(found.filtered == 1)
    #expect(found.open == 2)
    #expect(found.all == 24)
    #expect(found.ids == found.distinct, "ids must not collide between the figures of a page")
    #expect(found.marks, "each marker refers to a definition that is there")
    #expect(found.plots == FigureCases.all.count)
    #expect(found.drawn)
    #expect(found.overflow <= 0)
  }
}
