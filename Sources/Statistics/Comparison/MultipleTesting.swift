/// How p-values are raised when several are looked at together.
public enum MultipleTesting: String, Sendable, Equatable, CaseIterable {
  /// Each on its own.
  case none
  /// Bounds the chance of a single false alarm among all (Holm 1979).
  case holm
  /// Bounds the share of false alarms among the alarms (Benjamini and Hochberg 1995).
  case benjaminiHochberg

  /// Adjusted p-values, to be compared with the level as it is.
  public func adjust(_ probabilities: [Double]) -> [Double] {
    let count = probabilities.count
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    var adjusted = probabilities
    switch self {
    case .none: break
    case .holm:
      var largest = 0.0
      for (rank, index) in order.enumerated() {
        largest = max(largest, min(1, Double(count - rank) * probabilities[index]))
        adjusted[index] = largest
      }
    case .benjaminiHochberg:
      var smallest = 1.0
      for (rank, index) in order.enumerated().reversed() {
        smallest = min(smallest, Double(count) / Double(rank + 1) * probabilities[index])
        adjusted[index] = smallest
      }
    }
    return adjusted
  }
}
