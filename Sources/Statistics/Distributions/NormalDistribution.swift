#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Probability that a standard normal number lies further from 0 than `z`.
public func twoSidedNormalTail(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

/// The z below which a standard normal number lies with probability `p`.
///
/// A rational start (Abramowitz and Stegun 26.2.23, error 5e-4) and two of Halley's steps, each of
/// which triples the number of digits; the tail is solved on the smaller side, where erfc keeps its
/// relative accuracy.
public func normalQuantile(_ p: Double) -> Double {
  guard p > 0, p < 1 else { return p <= 0 ? -.infinity : .infinity }
  let tail = min(p, 1 - p)
  let t = (-2 * log(tail)).squareRoot()
  var z =
    t - (2.515517 + t * (0.802853 + t * 0.010328))
    / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for _ in 0..<2 {
    let excess = 0.5 * erfc(z / 2.0.squareRoot()) - tail
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let newton = excess / density
    z += newton / (1 - newton * z / 2)
  }
  return p < 0.5 ? -z : z
}

/// Share of independent Gaussian proposals that the exact test accepts when ln W - ln W_eff has
/// the standard deviation `sigma` over the ensemble: erfc(sigma / 2).
///
/// The log ratio is then normal with mean -sigma^2 and variance 2 sigma^2.
public func gaussianAcceptance(residual sigma: Double) -> Double { erfc(sigma / 2) }
