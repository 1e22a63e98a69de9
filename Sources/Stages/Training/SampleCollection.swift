internal import Artifacts
internal import FileSystem
internal import HDF5
internal import Lattice
internal import MonteCarlo
internal import Pipeline
internal import SelfLearning
internal import Values

/// The samples of one or several stages as one training set.
struct SampleCollection {
  private let system: Record
  private let lattice: Torus

  init(_ system: Record, _ lattice: Torus) {
    self.system = system
    self.lattice = lattice
  }

  /// Chains are numbered across the sources, first chains first, so that the last ones, which are
  /// held out, are of all sources.
  func read(_ sources: [Job.Input]) throws -> TrainingSet {
    let components = try makeSystem(system).components
    var set = TrainingSet(
      lattice: lattice, temperature: system["temperature"]?.number ?? 1, components: components)
    for (place, source) in sources.enumerated() {
      try append(source, to: &set) { $0 * sources.count + place }
    }
    return set
  }

  private func append(
    _ source: Job.Input, to set: inout TrainingSet, number: (Int) -> Int
  ) throws {
    try check(source.metadata.parameters["system"]?.record)
    let file = try HDF5File(opening: source.data.description)
    guard try file.exists("/chain/spins") else {
      throw StageFailure("the samples hold no configurations: set exact.recordSpins to true")
    }
    let shape = try file.shape(of: "/chain/spins")
    let spins = try file.doubles(at: "/chain/spins")
    let weights = try file.doubles(at: "/chain/logWeight")
    let width = shape[2] * shape[3]
    for chain in 0..<shape[0] {
      let rows = (chain * shape[1])..<((chain + 1) * shape[1])
      try set.append(
        fields: Array(spins[(rows.lowerBound * width)..<(rows.upperBound * width)]),
        logWeights: Array(weights[rows]), chain: number(chain))
    }
  }

  /// The samples' system must be the stage's own, field by field.
  private func check(_ other: Record?) throws {
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
