internal import HDF5
internal import Statistics

extension ChainAnalysis {
  func write(_ costs: [Result], to file: HDF5File) throws {
    for (group, results) in [("/results", results), ("/costs", costs)] {
      try file.createGroup(group)
      for result in results { try write(result, to: file, at: "\(group)/\(result.name)") }
    }
    try file.setAttribute("converged", isConverged ? 1 : 0, of: "/results")
    try file.setAttribute("doubts", doubts.joined(separator: "; "), of: "/results")
    for (place, assessment) in assessments {
      let path = "/autocorrelation/\(results[place].name)"
      try file.write(assessment.analysis.rho, to: path)
      try file.describe(path, unit: "1", summary: "normalised autocorrelation by lag")
    }
    for array in arrays { try array.output.write(to: file) }
  }

  /// A number with what is known of it; whether it is believed is its own matter, not the chain's.
  private func write(_ result: Result, to file: HDF5File, at path: String) throws {
    try file.write([result.value], to: path, shape: [])
    try file.describe(
      path, symbol: result.symbol, unit: result.unit, summary: result.summary)
    for (name, value) in [
      ("error", result.error), ("tau", result.tau), ("tauError", result.tauError),
      ("effectiveSamples", result.effectiveSamples), ("rHat", result.rHat),
    ] {
      if let value { try file.setAttribute(name, value, of: path) }
    }
    try file.setAttribute("converged", result.doubts.isEmpty ? 1 : 0, of: path)
    try file.setAttribute("doubts", result.doubts.joined(separator: "; "), of: path)
  }
}
