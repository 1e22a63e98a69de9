#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The regularised upper incomplete gamma function Q(a, x) = Gamma(a, x) / Gamma(a).
///
/// Series below x = a + 1, Lentz's continued fraction above (DLMF 8.11.4 and 8.9.2); relative
/// accuracy about 1e-13 away from the far tails.
func upperGamma(_ a: Double, _ x: Double) -> Double {
  precondition(a > 0)
  guard x > 0 else { return 1 }
  guard x.isFinite else { return 0 }
  let prefactor = exp(a * log(x) - x - lgamma(a))
  return x < a + 1 ? 1 - prefactor * lowerSeries(a, x) : prefactor * upperFraction(a, x)
}

/// sum_k x^k / (a (a+1) … (a+k)).
private func lowerSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1 / a
  var sum = term
  var k = a
  while abs(term) > 1e-17 * abs(sum) {
    k += 1
    term *= x / k
    sum += term
  }
  return sum
}

/// 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (x + 5 - a - …))).
private func upperFraction(_ a: Double, _ x: Double) -> Double {
  var b = x + 1 - a
  var c = 1e300
  var d = 1 / b
  var value = d
  for i in 1...100_000 {
    let an = -Double(i) * (Double(i) - a)
    b += 2
    d = 1 / nonZero(an * d + b)
    c = nonZero(b + an / c)
    value *= c * d
    if abs(c * d - 1) < 1e-16 { break }
  }
  return value
}

private func nonZero(_ x: Double) -> Double { abs(x) < 1e-300 ? 1e-300 : x }

/// Probability that chi^2 with so many degrees of freedom is at least `value`.
public func chiSquaredTail(_ value: Double, degreesOfFreedom: Int) -> Double {
  precondition(degreesOfFreedom > 0)
  return upperGamma(Double(degreesOfFreedom) / 2, value / 2)
}
