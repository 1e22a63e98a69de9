#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// ln(1 + e^-x) without overflow: both branches keep the exponential below 1.
@inline(__always)
func softplus(_ x: Double) -> Double {
  x > 0 ? log1p(exp(-x)) : log1p(exp(x)) - x
}

/// 1 / (e^x + 1).
@inline(__always)
func fermi(_ x: Double) -> Double {
  if x > 0 {
    let decay = exp(-x)
    return decay / (1 + decay)
  }
  return 1 / (exp(x) + 1)
}

/// sum_n ln(1 + exp(-(E_n - mu) / T)).
func logWeight(levels: [Double], chemicalPotential mu: Double, temperature: Double) -> Double {
  levels.reduce(0) { $0 + softplus(($1 - mu) / temperature) }
}

func naturalLogarithm(_ x: Double) -> Double { log(x) }
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
func exponential(_ x: Double) -> Double { exp(x) }
func cosine(_ x: Double) -> Double { cos(x) }
func sine(_ x: Double) -> Double { sin(x) }
func hyperbolicSine(_ x: Double) -> Double { sinh(x) }
func inverseHyperbolicSine(_ x: Double) -> Double { asinh(x) }
func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }
