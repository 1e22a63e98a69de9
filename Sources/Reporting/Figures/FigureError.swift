/// Why a figure could not be made. Each figure fails by itself; the others are still drawn.
public enum FigureError: Error, Sendable, Hashable, CustomStringConvertible {
  case badName(String)
  case noStage(figure: String, stage: String, available: [String])
  case missingColumn(figure: String, column: String, available: [String])
  case emptySelection(figure: String, reason: String)
  /// Nothing is wrong: a run makes them.
  case noResultsYet(figure: String, stage: String)
  case badAxis(figure: String, reason: String)
  case gnuplotNotFound(figure: String, command: String)
  case gnuplotFailed(figure: String, status: Int, message: String)
  case cannotWrite(figure: String, path: String, reason: String)

  /// One sentence that names the figure and what to do.
  public var description: String {
    switch self {
    case .badName(let name):
      "figure name '\(name)' cannot be a file name: use letters, digits, '-', '_' and '.', "
        + "and begin with a letter or digit"
    case .noStage(let figure, let stage, let available):
      "figure '\(figure)': there is no stage '\(stage)'" + closest(to: stage, among: available)
    case .missingColumn(let figure, let column, let available):
      "figure '\(figure)': there is no column '\(column)'" + closest(to: column, among: available)
    case .emptySelection(let figure, let reason):
      "figure '\(figure)': nothing to draw: \(reason)"
    case .noResultsYet(let figure, let stage):
      "figure '\(figure)': stage `\(stage)` has no results yet"
    case .badAxis(let figure, let reason):
      "figure '\(figure)': \(reason)"
    case .gnuplotNotFound(let figure, let command):
      "figure '\(figure)': '\(command)' was not found, so only \(figure).dat and \(figure).gp were "
        + "written; install gnuplot (Debian: gnuplot-nox) and run again"
    case .gnuplotFailed(let figure, let status, let message):
      "figure '\(figure)': gnuplot failed with status \(status)"
        + (message.isEmpty ? "" : ": \(message)")
    case .cannotWrite(let figure, let path, let reason):
      "figure '\(figure)': cannot write \(path): \(reason)"
    }
  }
}
