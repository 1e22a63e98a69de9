public import Lattice
public import MonteCarlo

/// Exact samples to learn from: fields, their ln W and the chain that each one comes from.
public struct TrainingSet: Sendable {
  /// Of all configurations.
  public let lattice: Torus
  /// Of all configurations.
  public let temperature: Double
  /// Numbers per site.
  public let components: Int
  /// The fields one after the other.
  public private(set) var fields: [Double] = []
  /// ln W of each.
  public private(set) var logWeights: [Double] = []
  /// The chain that each is from: held-out samples are whole chains.
  public private(set) var chains: [Int] = []
  /// d ln W / dS of every sample as the fields are laid out; empty when not known.
  public private(set) var forces: [Double] = []

  /// An empty set.
  public init(lattice: Torus, temperature: Double, components: Int = 3) {
    self.lattice = lattice
    self.components = components
    self.temperature = temperature
  }

  /// How many samples there are.
  public var count: Int { logWeights.count }
  var width: Int { components * lattice.sites }

  /// Adds samples of one chain.
  public mutating func append(
    _ field: Field, logWeight: Double, chain: Int
  ) throws(LearningError) {
    guard field.places == lattice.sites, field.components == components else {
      throw .mismatch(
        "sample \(count) has \(field.places) sites with \(field.components) components; "
          + "the lattice \(lattice.extents) has \(lattice.sites) with \(components)")
    }
    try append(fields: field.values, logWeights: [logWeight], chain: chain)
  }

  /// d ln W / dS of all samples; appending forgets them.
  public mutating func setForces(_ forces: [Double]) throws(LearningError) {
    guard forces.count == fields.count else {
      throw .mismatch("\(forces.count) force components for \(fields.count) of the fields")
    }
    if let bad = forces.firstIndex(where: { !$0.isFinite }) {
      throw .invalidSample(index: bad / width, what: "a force component is \(forces[bad])")
    }
    self.forces = forces
  }

  /// Appends samples of one chain.
  public mutating func append(
    fields: [Double], logWeights: [Double], chain: Int
  ) throws(LearningError) {
    guard fields.count == logWeights.count * width else {
      throw .mismatch(
        "\(fields.count) field values for \(logWeights.count) samples on a lattice "
          + "\(lattice.extents); \(logWeights.count * width) are due")
    }
    for (n, logWeight) in logWeights.enumerated() where !logWeight.isFinite {
      throw .invalidSample(index: count + n, what: "ln W is \(logWeight)")
    }
    if let bad = fields.firstIndex(where: { !$0.isFinite }) {
      throw .invalidSample(
        index: count + bad / width, what: "a component of the field is \(fields[bad])")
    }
    forces = []
    self.fields += fields
    self.logWeights += logWeights
    chains += [Int](repeating: chain, count: logWeights.count)
  }

  /// Whole chains for validation: neighbours in a chain resemble each other, so a held-out sample
  /// of a training chain would flatter the model. The last chains are held out, at least one.
  public func split(
    heldOut fraction: Double
  ) throws(LearningError) -> (training: TrainingSet, heldOut: TrainingSet) {
    let names = Array(Set(chains)).sorted()
    guard names.count > 1 else { throw .tooFewChains(chains: names.count) }
    let wanted = Int((fraction * Double(names.count)).rounded())
    let kept = Set(names.dropLast(max(1, min(wanted, names.count - 1))))
    return (subset { kept.contains($0) }, subset { !kept.contains($0) })
  }

  private func subset(_ isWanted: (Int) -> Bool) -> TrainingSet {
    var result = TrainingSet(
      lattice: lattice, temperature: temperature, components: components)
    for n in 0..<count where isWanted(chains[n]) {
      result.fields += fields[(n * width)..<((n + 1) * width)]
      if !forces.isEmpty { result.forces += forces[(n * width)..<((n + 1) * width)] }
      result.logWeights.append(logWeights[n])
      result.chains.append(chains[n])
    }
    return result
  }
}
