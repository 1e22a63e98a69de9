/// What rounding may change of a number that stands still, relative to it.
let standstillSpread = 1e-12

/// The value of each replica, when none varies by more than rounding: a frozen inner length, say, or
/// the density at half filling; nil where one varies. Such a number has no autocorrelation to speak of.
public func standstill(of replicas: [[Double]]) -> [Double]? {
  var values: [Double] = []
  for replica in replicas {
    guard let first = replica.first,
      replica.allSatisfy({ abs($0 - first) <= standstillSpread * abs(first) })
    else { return nil }
    values.append(first)
  }
  return values
}
