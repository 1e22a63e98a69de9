public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Accepts with probability min(1, e^logRatio) (Metropolis et al. 1953); NaN is refused.
public func accepts(_ logRatio: Double, using random: inout RandomStream) -> Bool {
  log(random.uniformOpen()) < logRatio
}

/// A step width after a stretch with this acceptance. The factor stays mild because a stretch is short.
public func tuned(
  _ step: Double, acceptance: Double, target: Double, largest: Double
) -> Double {
  min(largest, max(1e-4, step * exp(acceptance - target)))
}
