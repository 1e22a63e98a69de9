import Foundation
import Reporting
import ScratchFolders
import Testing

/// Pictures through the real gnuplot.
@Suite(.serialized) struct FigureRendererTests {
  static let hasGnuplot = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot")
  }

  let scratch: ScratchFolder
  var directory: String { "\(scratch.path)/figures" }

  init() throws { scratch = try ScratchFolder() }

  func bytes(_ file: String) -> Data? {
    FileManager.default.contents(atPath: directory + "/" + file)
  }

  func text(_ file: String) -> String {
    bytes(file).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed: no figure was drawn"))
  func everyCaseIsDrawn() throws {
    let renderer = FigureRenderer(directory: FigureCases.directory)
    for result in renderer.render(FigureCases.all) {
      let figure = try result.get()
      #expect(figure.warnings.allSatisfy { !$0.hasPrefix("gnuplot") }, "\(figure.warnings)")
      #expect(figure.svg.contains("</svg>"))
      #expect(figure.svg.contains("Latin Modern Roman"), "the fall-back fonts")
    }
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed: repetition was not tested"))
  func bytesRepeatAcrossDirectoriesAndTime() throws {
    let (specification, table) = FigureCases.notConverged
    let first = try FigureRenderer(directory: directory).render(specification, from: table)
    let kept = first.files.map { bytes($0) }
    // A PDF names the second of its making unless that is taken out.
    Thread.sleep(forTimeInterval: 1.1)
    let other = directory + "-with 'quote' and blank"
    _ = try FigureRenderer(directory: other).render(specification, from: table)
    for (file, before) in zip(first.files, kept) {
      #expect(before != nil)
      #expect(before == FileManager.default.contents(atPath: other + "/" + file), "\(file)")
    }
    #expect(bytes("not-converged.pdf")?.starts(with: Data("%PDF".utf8)) == true)
    #expect(bytes("not-converged.png")?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true)
    let hidden = try FileManager.default.contentsOfDirectory(atPath: other).filter {
      $0.hasPrefix(".")
    }
    #expect(hidden.isEmpty)
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed: the script was not run alone"))
  func scriptRunsAlone() throws {
    let (specification, table) = FigureCases.powerLaw
    _ = try FigureRenderer(directory: directory).render(specification, from: table)
    try FileManager.default.removeItem(atPath: directory + "/power-law.svg")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gnuplot", "power-law.gp"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text("power-law.svg").contains("</svg>"))
  }

  @Test func missingGnuplotStillWritesDataAndScript() throws {
    let (specification, table) = FigureCases.twoGroups
    let renderer = FigureRenderer(directory: directory, gnuplot: "no-such-gnuplot")
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: directory + "/two-groups.svg", contents: Data())
    #expect(throws: FigureError.gnuplotNotFound(figure: "two-groups", command: "no-such-gnuplot")) {
      try renderer.render(specification, from: table)
    }
    #expect(text("two-groups.dat").contains("key1-4"))
    #expect(text("two-groups.gp").contains("set terminal svg"))
    #expect(bytes("two-groups.svg") == nil, "a picture of other data must not stay")
  }

  @Test func failingGnuplotSaysWhy() throws {
    let (specification, table) = FigureCases.onePoint
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let program = directory + "/gnuplot-that-fails"
    _ = FileManager.default.createFile(
      atPath: program, contents: Data("#!/bin/sh\necho 'no such terminal' >&2\nexit 3\n".utf8),
      attributes: [.posixPermissions: 0o755])
    #expect(
      throws: FigureError.gnuplotFailed(
        figure: "one-point", status: 3, message: "no such terminal")
    ) {
      try FigureRenderer(directory: directory, gnuplot: program).render(specification, from: table)
    }
  }

  @Test func oneBadFigureLeavesTheOthers() {
    var bad = FigureCases.onePoint
    bad.0.y.column = "yy"
    let renderer = FigureRenderer(directory: directory, gnuplot: "no-such-gnuplot")
    let results = renderer.render([bad, FigureCases.categorical])
    #expect(results.count == 2)
    #expect(text("one-point.dat").isEmpty)
    #expect(!text("categorical.dat").isEmpty)
  }

  @Test func unwritableDirectory() {
    let (specification, table) = FigureCases.onePoint
    #expect(throws: FigureError.self) {
      try FigureRenderer(directory: "/dev/null/figures").render(specification, from: table)
    }
  }
}
