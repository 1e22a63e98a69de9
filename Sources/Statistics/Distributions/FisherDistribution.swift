/// Probability that Fisher's F with these degrees of freedom is at least `value`: what the tail of
/// chi^2 / n becomes when the variance was itself estimated, with `denominator` degrees of freedom.
///
/// I_x(d/2, n/2) with x = d / (d + n F) (DLMF 8.17); the tail of chi^2 for infinite d.
public func fisherTail(
  _ value: Double, degreesOfFreedom n: Int, denominator d: Double
) -> Double {
  precondition(n > 0 && d > 0)
  guard !value.isNaN else { return 0 }
  guard value > 0 else { return 1 }
  let degrees = Double(n)
  guard d < 1e7, value.isFinite else {
    return chiSquaredTail(degrees * value, degreesOfFreedom: n)
  }
  let sum = d + degrees * value
  return incompleteBeta(d / 2, degrees / 2, x: d / sum, complement: degrees * value / sum)
}
