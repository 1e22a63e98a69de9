import Foundation
import Reporting
import Testing

@Suite struct HTMLReportTests {
  @Test func galleryPage() throws {
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
    try HTMLReport(content).write(to: directory + "/report.html")
  }
}
