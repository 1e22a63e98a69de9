public import Models

/// Residuals r = ln W - ln W_eff = ln W + H_eff / T of a model on a set.
public struct Residuals: Sendable {
  /// Of each sample.
  public let values: [Double]

  /// Of a model on samples.
  public init(_ energy: any BatchEnergy, on set: TrainingSet) {
    var values = [Double](repeating: 0, count: set.count)
    energy.energies(set.fields, into: &values)
    for n in values.indices { values[n] = set.logWeights[n] + values[n] / set.temperature }
    self.values = values
  }

  /// Over the samples.
  public var mean: Double { values.reduce(0, +) / Double(values.count) }
  /// Over the samples.
  public var meanSquare: Double { values.reduce(0) { $0 + $1 * $1 } / Double(values.count) }
  /// Spread about the mean: a constant in ln W_eff changes no probability.
  public var variance: Double {
    let mean = self.mean
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
