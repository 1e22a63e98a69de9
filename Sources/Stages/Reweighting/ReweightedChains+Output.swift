internal import HDF5
internal import LinearAlgebra
internal import MonteCarlo
internal import Statistics
internal import Values

extension ReweightedChains {
  /// Writes `/grid` and what belongs to all observables.
  func writeGrid(to file: HDF5File) throws {
    try file.write(grid, to: gridPath)
    try file.describe(gridPath, unit: "1", summary: "values of \(common.parameter)")
    try file.write(values, to: "/sampled/\(common.parameter)")
    try file.describe(
      "/sampled/\(common.parameter)", unit: "1", summary: "values at which there are chains")
    try file.write(combined.logNorms, to: "/sampled/logNorm")
    try file.describe("/sampled/logNorm", unit: "1", summary: "ln Z there, less that of the first")
    let overlap = combined.overlap
    try file.write(
      overlap.transposed.elements, to: "/sampled/overlap", shape: [overlap.rows, overlap.columns])
    try file.describe(
      "/sampled/overlap", unit: "1",
      summary: "the chance that a sample of one chain passes for one of another")
  }

  private var gridPath: String { "/grid/\(common.parameter)" }

  /// Writes observables along the grid; the fewest independent samples that a point has, and why which
  /// observables are doubtful.
  func write(
    _ names: [String], to file: HDF5File
  ) throws -> (fewestSamples: Double, doubts: [String]) {
    let curves = try curves(of: names)
    let doubts = try curves.compactMap { try write($0.observable, $0.curve, to: file) }
    return (curves.flatMap(\.curve.effectiveSamples).min() ?? 0, doubts)
  }

  private func write(
    _ observable: Observable, _ curve: ReweightedCurve, to file: HDF5File
  ) throws -> String? {
    let name = observable.name
    let chains = try doubts(about: name)
    let fewest = settings["fewestSamples"]?.number ?? 0
    let doubts = curve.effectiveSamples.map { samples in
      let scarce =
        samples >= fewest
        ? []
        : [
          "\(Int(samples.rounded())) independent samples support it where "
            + "\(Value.spelling(of: fewest)) are needed"
        ]
      return scarce + chains
    }
    let doubtful = doubts.count { !$0.isEmpty }
    let first = doubts.first { !$0.isEmpty }?.first ?? ""
    var output = ArrayOutput(
      name: name, shape: [grid.count], unit: observable.unit, summary: observable.summary,
      means: curve.values, doubts: doubts,
      doubt: doubtful == 0
        ? nil : "\(name): \(doubtful) of \(doubts.count) points are doubtful; \(first)",
      covariance: grid.count <= ArrayAssessment.largestCovariance ? curve.covariance : nil)
    output.beside = [
      ("error", curve.errors, observable.unit, "errors of the jackknife, autocorrelation included"),
      (
        "effectiveSamples", curve.effectiveSamples, "1",
        "independent samples that support each point (Kish)"
      ),
    ]
    try output.write(to: file)
    try file.setAttribute("grid", gridPath, of: "/arrays/\(name)")
    return output.doubt
  }
}
