import Randomness

/// A stationary Gaussian series x_t = a x_{t-1} + b x_{t-2} + noise with mean 0 and variance 1,
/// whose autocorrelation is known in closed form.
struct AutoregressiveSeries {
  let a: Double
  let b: Double

  init(_ a: Double, _ b: Double = 0) {
    self.a = a
    self.b = b
  }

  /// The AR(1) series with this integrated autocorrelation time, (1 + a) / (2 (1 - a)).
  init(tau: Double) { self.init((2 * tau - 1) / (2 * tau + 1)) }

  /// rho(1), from the Yule-Walker equations.
  var first: Double { a / (1 - b) }
  var noiseVariance: Double { 1 - a * first - b * (a * first + b) }

  /// 1/2 + sum rho = (1 + b) (1 - b + a) / (2 (1 - b) (1 - a - b)) for AR(2).
  var tau: Double {
    // Spectral density at zero: 2 tau = noise / (1 - a - b)^2.
    noiseVariance / ((1 - a - b) * (1 - a - b)) / 2
  }

  func rho(_ lags: Int) -> [Double] {
    var values = [1, first]
    while values.count < lags {
      values.append(a * values[values.count - 1] + b * values[values.count - 2])
    }
    return Array(values.prefix(lags))
  }

  func sample(_ count: Int, mean: Double = 0, using random: inout RandomStream) -> [Double] {
    var noise = NormalNumbers()
    let sigma = noiseVariance.squareRoot()
    var older = noise.next(using: &random)
    var old = first * older + (1 - first * first).squareRoot() * noise.next(using: &random)
    return (0..<count).map { _ in
      let new = a * old + b * older + sigma * noise.next(using: &random)
      (older, old) = (old, new)
      return mean + new
    }
  }
}

/// Normal numbers one at a time.
struct NormalNumbers {
  private var spare: Double?

  mutating func next(using random: inout RandomStream) -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    let pair = random.normalPair()
    spare = pair.1
    return pair.0
  }
}
