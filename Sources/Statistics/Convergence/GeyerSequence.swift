#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Effective samples of several chains of one length: count / tau with
/// tau = -1 + 2 sum of Geyer's initial monotone sequence (Geyer 1992; Vehtari et al. 2021, section
/// 3.2), where the autocorrelation is that within chains and the variance that over all of them.
func geyerEffectiveSamples(_ chains: [[Double]]) -> Double {
  let length = chains[0].count
  let count = Double(length * chains.count)
  let n = Double(length)
  let means = chains.map { $0.reduce(0, +) / n }
  let within =
    zip(chains, means).reduce(0) { $0 + variance($1.0, about: $1.1) } / Double(chains.count)
  let total =
    within * (n - 1) / n
    + (chains.count > 1 ? variance(means, about: means.reduce(0, +) / Double(means.count)) : 0)
  // An indicator that never changes carries no information against independence.
  guard total > 0 else { return count }
  var lags = 1024
  while true {
    let used = min(lags, length)
    let covariances = meanAutocovariance(chains, means, lags: used)
    let rho = covariances.enumerated().map { lag, value in
      lag == 0 ? 1 : 1 - (within - value) / total
    }
    if let tau = monotoneSum(rho, complete: used == length) {
      // Antithetic chains: the bound of Stan and arviz.
      return count / max(tau, 1 / log10(count))
    }
    lags *= 8
  }
}

/// sum_i d(i) d(i + t) / n, averaged over the chains.
private func meanAutocovariance(
  _ chains: [[Double]], _ means: [Double], lags: Int
) -> [Double] {
  var size = 1
  while size < lags { size *= 2 }
  var sums = [Double](repeating: 0, count: lags)
  for (chain, mean) in zip(chains, means) {
    let products = lagProducts([chain], mean: mean, scale: 1, lags: size)
    for t in 0..<lags { sums[t] += products[t] }
  }
  return sums.map { $0 / Double(chains[0].count * chains.count) }
}

/// -1 + 2 (sum of pairs rho(2k) + rho(2k+1) while positive, made non-increasing); nil if more lags
/// are needed to see the end.
private func monotoneSum(_ rho: [Double], complete: Bool) -> Double? {
  var sum = -1.0
  var smallest = Double.infinity
  var k = 0
  while 2 * k + 1 < rho.count {
    let pair = rho[2 * k] + rho[2 * k + 1]
    if pair < 0 { return sum + max(rho[2 * k], 0) }
    smallest = min(smallest, pair)
    sum += 2 * smallest
    k += 1
  }
  return complete ? sum : nil
}
