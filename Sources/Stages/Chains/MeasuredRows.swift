internal import HDF5
internal import MonteCarlo

/// What was measured on configurations, a row each.
struct MeasuredRows {
  private let configurations: StoredConfigurations
  private let observables: [Observable]
  private var rows: [Double] = []

  /// - Parameter report: told now and then how many of how many are done.
  init(
    _ configurations: StoredConfigurations, by measurement: any Measurement,
    report: (Int, Int) throws -> Void
  ) throws {
    self.configurations = configurations
    observables = measurement.observables
    let width = observables.reduce(0) { $0 + $1.width }
    var values: [Double] = []
    var lastReport = ContinuousClock.now
    for place in 0..<count {
      _ = measurement.measure(configurations[place], into: &values)
      precondition(values.count == width)
      rows += values
      guard ContinuousClock.now - lastReport > .milliseconds(500) else { continue }
      lastReport = .now
      try report(place + 1, count)
    }
  }

  var count: Int { configurations.replicas * configurations.steps }

  func write(to file: HDF5File) throws {
    let outer = [configurations.replicas, configurations.steps]
    try file.write(
      configurations.logWeights, to: "/chain/logWeight", shape: outer, compression: .deflate(1))
    try file.describe("/chain/logWeight", unit: "1", summary: "ln W of the configuration")
    let width = observables.reduce(0) { $0 + $1.width }
    var offset = 0
    for observable in observables {
      let path = "/chain/\(observable.name)"
      let values = (0..<count).flatMap { row in
        rows[(row * width + offset)..<(row * width + offset + observable.width)]
      }
      try file.write(
        values, to: path, shape: outer + observable.shape, compression: .deflate(1))
      try file.describe(
        path, symbol: observable.symbol, unit: observable.unit, summary: observable.summary)
      let axes = ["replica", "step"] + observable.shape.indices.map { "index\($0)" }
      try file.setAttribute("axes", axes, of: path)
      offset += observable.width
    }
  }
}
