internal import Lattice
internal import Learning
internal import MonteCarlo
internal import Pipeline
internal import Values

/// The samples of one or several stages as one training set.
struct SampleCollection {
  private let system: Record
  private let theory: any PhysicalSystem

  init(_ system: Record, _ theory: any PhysicalSystem) {
    self.system = system
    self.theory = theory
  }

  /// Chains are numbered across the sources, first chains first, so that the last ones, which are
  /// held out, are of all sources.
  func read(_ sources: [Job.Input]) throws -> TrainingSet {
    var set = TrainingSet(
      lattice: theory.lattice, temperature: theory.temperature,
      components: theory.shape.components)
    for (place, source) in sources.enumerated() {
      try append(source, to: &set) { $0 * sources.count + place }
    }
    return set
  }

  private func append(
    _ source: Job.Input, to set: inout TrainingSet, number: (Int) -> Int
  ) throws {
    let configurations = try StoredConfigurations(source, of: system, shape: theory.shape)
    for chain in 0..<configurations.replicas {
      let (fields, logWeights) = configurations.replica(chain)
      try set.append(fields: fields, logWeights: logWeights, chain: number(chain))
    }
  }
}
