public import LinearAlgebra

/// What runs say of points at which nothing was sampled, one after the other.
public struct ReweightedCurve: Sendable, Equatable {
  /// One for each point.
  public let values: [Double]
  /// Of the jackknife, autocorrelation included.
  public let errors: [Double]
  /// How many independent samples stand behind each point.
  public let effectiveSamples: [Double]
  /// Of the points among each other; they rest on the same samples.
  public let covariance: Matrix

  /// - Parameter parts: of each point its values with one block of every run left out.
  init(_ values: [Double], effectiveSamples: [Double], leavingOut parts: [[Double]]) {
    self.values = values
    self.effectiveSamples = effectiveSamples
    let deviations = parts.map { part in
      let mean = part.reduce(0, +) / Double(part.count)
      return part.map { $0 - mean }
    }
    var covariance = Matrix(rows: values.count, columns: values.count)
    for i in values.indices {
      let scale = Double(parts[i].count - 1) / Double(parts[i].count)
      for j in 0...i {
        let sum = zip(deviations[i], deviations[j]).reduce(0) { $0 + $1.0 * $1.1 }
        covariance[i, j] = sum * scale
        covariance[j, i] = covariance[i, j]
      }
    }
    self.covariance = covariance
    errors = values.indices.map { covariance[$0, $0].squareRoot() }
  }
}
