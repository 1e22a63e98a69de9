internal import Artifacts
internal import HDF5
internal import Manifest
internal import MonteCarlo
public import Pipeline
public import Values

/// Measures the stored configurations of a chain anew: an observable that nobody thought of when the chain
/// ran needs no new chain.
public struct MeasureStage: StageKind {
  static let kind = "measure"

  /// What `slmc explain measure` shows.
  public let declaration: StageDeclaration
  private let book: TheoryBook

  init(_ book: TheoryBook) {
    self.book = book
    declaration = StageDeclaration(
      Self.kind, version: 1,
      "Measures observables, also arrays such as correlators, on the stored configurations of a chain.",
      groups: [book.systemGroup, book.measureGroup],
      inputs: [
        .init("chain", from: ChainKinds.sampled, "the chain whose configurations are measured")
      ],
      layout: [
        .init(
          "/chain/logWeight", shape: "replicas, steps",
          "ln W of the configuration, as the chain has it"),
        .init("/chain/OBSERVABLE", shape: "replicas, steps, …", "each observable, of any shape"),
      ])
  }

  public func problems(in parameters: Record) -> [String] {
    guard let system = parameters["system"]?.record, let measure = parameters["measure"]?.record
    else { return [] }
    do {
      _ = try book.theory(of: system).makeMeasurement(system, measuring: measure)
      return []
    } catch {
      return ["\(error)"]
    }
  }

  public func run(_ job: Job) throws -> Record {
    guard let described = job.parameters["system"]?.record,
      let measure = job.parameters["measure"]?.record, let input = job.inputs["chain"]
    else { throw StageFailure("the system, the measurement or the chain is not described") }
    let theory = try book.theory(of: described)
    let configurations = try StoredConfigurations(
      input, of: described, shape: theory.anySystem(described).shape)
    let measurement = try theory.makeMeasurement(described, measuring: measure)
    let rows = try MeasuredRows(configurations, by: measurement) { done, total in
      job.report(Job.Progress(done: done, total: total, note: ""))
      if job.shouldStop() { throw Interrupted() }
    }
    let file = try HDF5File.artifact(for: job)
    try rows.write(to: file)
    try file.close()
    return ["configurations": .integer(rows.count)]
  }
}
