internal import FileSystem
internal import HDF5
internal import Manifest
public import Pipeline
internal import Statistics
public import Values

/// How often a chain took which value of one recorded number.
public struct HistogramStage: StageKind {
  /// What `slmc explain histogram` shows.
  public let declaration = StageDeclaration(
    "histogram", version: 1,
    "The distribution of one recorded number of a chain, with an error for every bin.",
    groups: [histogramGroup],
    inputs: [.init("chain", from: ChainKinds.recorded, "the chain")],
    layout: [
      .init("/histogram/edges", shape: "bins + 1", "the ends of the bins, ascending"),
      .init("/histogram/density", shape: "bins", "share of the rows per bin and width"),
      .init("/histogram/error", shape: "bins", "its error, autocorrelation included"),
      .init("/results/peak", "middle of the fullest bin"),
      .init("/results/outside", "share of the rows outside of the range"),
    ])

  static let histogramGroup = GroupSchema(
    "histogram", "The distribution of a recorded number.",
    fields: [
      FieldSchema("observable", .text, "name of the number, as under /chain of the artifact"),
      FieldSchema("bins", .integer(1...10_000), default: .integer(40), "bins of equal width"),
      FieldSchema(
        "range", .list(of: .number(.finite), count: 0...2), default: .list([]),
        "[from, to]; from the least to the largest value when left out"),
    ])

  public func problems(in parameters: Record) -> [String] {
    let range = parameters["histogram"]?.record?.numbers("range") ?? []
    return range.isEmpty || (range.count == 2 && range[0] < range[1])
      ? [] : ["histogram.range must be two ascending numbers, [from, to]"]
  }

  public func run(_ job: Job) throws -> Record {
    guard let chain = job.inputs["chain"], let settings = job.parameters["histogram"]?.record
    else { throw StageFailure("the chain or the histogram is not described") }
    let name = settings["observable"]?.text ?? ""
    let series = try ChainSeries.read(name, from: HDF5File(opening: chain.data.description))
    let histogram = try Histogram(
      of: series.replicas, bins: settings["bins"]?.integer ?? 1, range: settings.numbers("range"))
    let file = try HDF5File.artifact(for: job)
    try file.write(histogram.edges, to: "/histogram/edges")
    try file.describe("/histogram/edges", unit: series.unit, summary: "ends of the bins of \(name)")
    try file.write(histogram.densities, to: "/histogram/density")
    try file.describe(
      "/histogram/density", unit: "1/(\(series.unit))", summary: "density of \(name)")
    try file.write(histogram.errors, to: "/histogram/error")
    try file.write([histogram.peak], to: "/results/peak", shape: [])
    try file.describe("/results/peak", unit: series.unit, summary: "middle of the fullest bin")
    try file.write([histogram.outside], to: "/results/outside", shape: [])
    try file.describe("/results/outside", unit: "1", summary: "share of the rows out of range")
    try file.close()
    return ["peak": .number(histogram.peak)]
  }
}
