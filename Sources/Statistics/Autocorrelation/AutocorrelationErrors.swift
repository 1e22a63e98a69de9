/// Standard errors of a normalised autocorrelation function (Madras and Sokal 1988, appendix C; Luscher
/// 2005, hep-lat/0409106, E.11):
///
///     error^2(t) = (1/n) sum_{k>0} (rho(k+t) + rho(k-t) - 2 rho(k) rho(t))^2
///
/// - Parameters:
///   - rho: rho(0) = 1 and on, as far as twice the summation window; its second half is noise and is
///     left out of the sum.
///   - samples: how many samples it was measured on.
public func autocorrelationErrors(_ rho: [Double], samples: Double) -> [Double] {
  let signal = Array(rho.prefix(max(2, (rho.count + 1) / 2)))
  func known(_ lag: Int) -> Double {
    let lag = abs(lag)
    return lag < signal.count ? signal[lag] : 0
  }
  return rho.indices.map { t in
    guard t > 0 else { return 0 }
    var sum = 0.0
    for k in 1..<(signal.count + t) {
      let term = known(k + t) + known(k - t) - 2 * known(k) * known(t)
      sum += term * term
    }
    return (sum / samples).squareRoot()
  }
}
