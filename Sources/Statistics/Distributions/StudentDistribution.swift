#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Probability that Student's t with `degreesOfFreedom` lies further from 0 than `t`: what the normal
/// tail becomes when the error itself was estimated from few independent samples.
///
/// I_x(nu/2, 1/2) with x = nu / (nu + t^2) (DLMF 8.17); the normal tail for infinite nu.
public func twoSidedStudentTail(_ t: Double, degreesOfFreedom nu: Double) -> Double {
  precondition(nu > 0)
  guard nu < 1e7, t.isFinite else { return t.isInfinite ? 0 : twoSidedNormalTail(t) }
  let square = t * t
  return incompleteBeta(nu / 2, 0.5, x: nu / (nu + square), complement: square / (nu + square))
}

/// The t > 0 beyond which, to both sides, Student's distribution has the probability `tail`.
public func twoSidedStudentQuantile(tail: Double, degreesOfFreedom nu: Double) -> Double {
  guard tail > 0 else { return .infinity }
  guard tail < 1 else { return 0 }
  var (low, high) = (0.0, 1.0)
  while twoSidedStudentTail(high, degreesOfFreedom: nu) > tail && high < 1e150 { high *= 2 }
  while high - low > 1e-13 * high {
    let middle = 0.5 * (low + high)
    guard middle > low, middle < high else { break }
    if twoSidedStudentTail(middle, degreesOfFreedom: nu) > tail {
      low = middle
    } else {
      high = middle
    }
  }
  return high
}

/// The regularised incomplete beta function I_x(a, b); `complement` is 1 - x without its rounding.
func incompleteBeta(_ a: Double, _ b: Double, x: Double, complement: Double) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  // The fraction converges fast on one side of the mean; the other side is 1 minus its mirror.
  guard x <= (a + 1) / (a + b + 2) else {
    return 1 - incompleteBeta(b, a, x: complement, complement: x)
  }
  let logarithm =
    a * log(x) + b * log(complement) + lgamma(a + b) - lgamma(a) - lgamma(b) - log(a)
  return exp(logarithm) * betaFraction(a, b, x)
}

/// Lentz's evaluation of DLMF 8.17.22.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  func nonZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
  var c = 1.0
  var d = 1 / nonZero(1 - (a + b) * x / (a + 1))
  var value = d
  for m in 1...10_000 {
    let m = Double(m)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    value *= c * d
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    value *= c * d
    if abs(c * d - 1) < 1e-15 { break }
  }
  return value
}
