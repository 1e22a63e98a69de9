import Foundation
import Reporting
import Testing

/// Pictures through the real gnuplot.
@Suite struct FigureRendererTests {
  static let hasGnuplot = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/gnuplot")
  }

  @Test(.enabled(if: hasGnuplot, "gnuplot is not installed: no figure was drawn"))
  func everyCaseIsDrawn() throws {
    let renderer = FigureRenderer(directory: FigureCases.directory)
    for result in renderer.render(FigureCases.all) {
      let figure = try result.get()
      #expect(figure.warnings.allSatisfy { !$0.hasPrefix("gnuplot") }, "\(figure.warnings)")
    }
  }
}
