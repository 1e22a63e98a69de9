internal import Artifacts
internal import FileSystem
internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Values

/// The configurations that a chain keeps, with their ln W.
struct StoredConfigurations {
  let shape: FieldShape
  let replicas: Int
  let steps: Int
  private let values: [Double]
  let logWeights: [Double]

  /// Throws when there are none, or when they are of another system.
  init(_ chain: Job.Input, of system: Record, shape: FieldShape) throws {
    try Self.check(chain.metadata.parameters["system"]?.record, is: system)
    let file = try HDF5File(opening: chain.data.description)
    let path = "/chain/\(shape.name)"
    guard try file.exists(path) else {
      throw StageFailure(
        "the chain holds no configurations: set recordSpins to true in its `exact` or `chain` group"
      )
    }
    let stored = try file.shape(of: path)
    guard stored.count == 4, Array(stored[2...]) == shape.dimensions else {
      throw StageFailure("the chain holds \(shape.name) of another shape: \(stored)")
    }
    self.shape = shape
    (replicas, steps) = (stored[0], stored[1])
    values = try file.doubles(at: path)
    logWeights = try file.doubles(at: "/chain/logWeight")
  }

  /// One of the configurations, replica after replica.
  subscript(place: Int) -> Field {
    Field(
      places: shape.places, components: shape.components,
      values: Array(values[(place * shape.count)..<((place + 1) * shape.count)]))
  }

  /// The flat numbers of all steps of a replica, and their ln W.
  func replica(_ number: Int) -> (fields: [Double], logWeights: [Double]) {
    let rows = (number * steps)..<((number + 1) * steps)
    return (
      Array(values[(rows.lowerBound * shape.count)..<(rows.upperBound * shape.count)]),
      Array(logWeights[rows])
    )
  }

  /// The chain's system must be the stage's own, field by field.
  private static func check(_ other: Record?, is system: Record) throws {
    guard let other, other != system else {
      if other == nil { throw StageFailure("the samples do not say of which system they are") }
      return
    }
    let names = Set(system.names).union(other.names).sorted()
    let differences = names.filter { system[$0] != other[$0] }.map {
      "`\($0)` is \(other[$0]?.json() ?? "missing") there and "
        + "\(system[$0]?.json() ?? "missing") here"
    }
    throw StageFailure(
      "the samples are of another system than this stage's `system`: "
        + differences.joined(separator: ", "))
  }
}
