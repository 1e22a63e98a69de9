#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where to stop summing the autocorrelation function.
public enum SummationWindow: Sendable, Equatable {
  /// Balances the truncation against the noise, assuming that the slowest mode decays `stretch`
  /// times as slowly as tau_int suggests (Wolff 2004, section 3.3; his S is 1.5).
  case automatic(stretch: Double)
  /// A window of the caller's own, in samples.
  case fixed(Int)

  /// With the usual stretch.
  public static let automatic = SummationWindow.automatic(stretch: 1.5)
}

/// The partial sum of rho up to a window.
struct TruncatedSum: Equatable {
  var window: Int
  /// 1/2 + sum of rho(t), t = 1...window.
  var tau: Double
  /// False when the criterion was not met before the end of the function.
  var found: Bool
}

extension SummationWindow {
  /// The window for `rho` (lag 0 first) of `count` samples in all.
  ///
  /// Wolff's criterion stops at the first W with exp(-W/t) - t / sqrt(W count) < 0, where the
  /// decay time t follows from tau_int(W) by 2 tau_int = coth(1 / 2 t) scaled with the stretch.
  /// That equation has no solution when anticorrelations take tau_int to 1/2 or below; the sum of
  /// |rho| then stands in for it, which measures the range of the correlation whatever its sign.
  /// Only values outside the noise of an uncorrelated series (two sigma) count there.
  func locate(in rho: Span<Double>, count: Int) -> TruncatedSum {
    switch self {
    case .fixed(let window):
      let last = min(max(window, 0), rho.count - 1)
      var tau = 0.5
      for t in rho.indices where t >= 1 && t <= last { tau += rho[t] }
      return TruncatedSum(window: last, tau: tau, found: last == window)
    case .automatic(let stretch):
      return automaticWindow(rho, count: Double(count), stretch: stretch)
    }
  }
}

private func automaticWindow(
  _ rho: Span<Double>, count: Double, stretch: Double
) -> TruncatedSum {
  var tau = 0.5
  var range = 0.5
  let noise = 2 / count.squareRoot()
  for window in 1..<max(rho.count, 1) {
    tau += rho[window]
    range += abs(rho[window]) > noise ? abs(rho[window]) : 0
    let scale = tau > 0.5 ? tau : range
    let lag = Double(window)
    // Both at 1/2: independent samples, nothing to wait for.
    let decay = scale > 0.5 ? stretch / log((2 * scale + 1) / (2 * scale - 1)) : 0
    if decay == 0 || exp(-lag / decay) < decay / (lag * count).squareRoot() {
      return TruncatedSum(window: window, tau: tau, found: true)
    }
  }
  return TruncatedSum(window: rho.count - 1, tau: tau, found: false)
}
