internal import MonteCarlo
internal import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension Field {
  /// Draws the spin at a site with the density exp(h . s): its angle to h is distributed as exp(k cos phi),
  /// k = |h| (von Mises).
  mutating func draw(_ site: Int, in h: SIMD2<Double>, using random: inout RandomStream) {
    let angle = atan2(h.y, h.x) + angleToField((h * h).sum().squareRoot(), using: &random)
    (values[2 * site], values[2 * site + 1]) = (cos(angle), sin(angle))
  }
}

/// By rejection from a wrapped Cauchy envelope (Best and Fisher 1979).
private func angleToField(_ k: Double, using random: inout RandomStream) -> Double {
  guard k > 1e-8 else { return 2 * .pi * random.uniform() }
  let a = 1 + (1 + 4 * k * k).squareRoot()
  let b = (a - (2 * a).squareRoot()) / (2 * k)
  let r = (1 + b * b) / (2 * b)
  while true {
    let z = cos(.pi * random.uniform())
    let f = (1 + r * z) / (r + z)
    let c = k * (r - f)
    let u = random.uniformOpen()
    guard c * (2 - c) > u || log(c / u) + 1 >= c else { continue }
    let angle = acos(max(-1, min(1, f)))
    return random.uniform() < 0.5 ? angle : -angle
  }
}
