/// tau and the variance of one sample from an autocorrelation function, freed of the bias of first
/// order, with or without a tail.
struct TauEstimate {
  var tau: Double
  var tauError: Double
  /// The lag where the sum stops, or where the tail begins.
  var window: Int
  /// Of the scaled deviations.
  var variance: Double
  var rho: [Double]
}

extension AutocorrelationFunction {
  /// Subtracting the mean of `perMean` of the same samples lowers every Gamma(t) by C / perMean,
  /// C = 2 tau Gamma(0) (Wolff's equation (49)); this puts it back.
  func estimate(samples: Int, perMean: Int, tail: Double?) -> TauEstimate {
    // Noise can take the sum of an anticorrelated chain to zero or below; an error of zero would
    // be a lie, so such a chain counts as independent samples.
    let naive = sum.tau > 0 ? sum.tau : 0.5
    let lift = 2 * naive / Double(perMean)
    let rho = rho.map { ($0 + lift) / (1 + lift) }
    let total = rho[1...max(sum.window, 1)].reduce(0.5, +)
    let tau = sum.tau > 0 ? (sum.window > 0 ? total : 0.5) : naive
    let n = Double(samples)
    let plain = TauEstimate(
      tau: tau, tauError: Self.tauError(tau, window: sum.window, samples: n), window: sum.window,
      variance: variance * (1 + lift), rho: rho)
    return tail.map { plain.with(tail: $0, samples: n) } ?? plain
  }

  /// Madras and Sokal's error of the truncated sum, Wolff's equation (42).
  static func tauError(_ tau: Double, window: Int, samples: Double) -> Double {
    2 * tau * (max(Double(window) + 0.5 - tau, 0.5) / samples).squareRoot()
  }
}

extension TauEstimate {
  /// How far above its error rho has to be to be summed rather than replaced by the tail.
  private static let significance = 2.0

  /// A tail exp(-t / tauExp) from the first lag on where rho is no more than two of its errors:
  /// tau(W) + tauExp |rho(W + 1)| (Schaefer, Sommer and Virotta 2010, arXiv:1009.5228).
  fileprivate func with(tail tauExp: Double, samples: Double) -> TauEstimate {
    let errors = autocorrelationErrors(rho, samples: samples)
    let last = max(0, min(window, rho.count - 2))
    let start = (1..<max(last, 1)).first { rho[$0] < Self.significance * errors[$0] } ?? last
    guard start + 1 < rho.count else { return self }
    let sum = rho[1..<(start + 1)].reduce(0.5, +)
    var result = self
    result.window = start
    result.tau = max(sum, 0) + tauExp * abs(rho[start + 1])
    let plain = AutocorrelationFunction.tauError(max(sum, 0), window: start, samples: samples)
    let added = tauExp * errors[start + 1]
    result.tauError = (plain * plain + added * added).squareRoot()
    return result
  }
}
