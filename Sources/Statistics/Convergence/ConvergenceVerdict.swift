/// Whether a result may be used, and if not, why. An unconverged result is marked wherever it is
/// shown and never used silently.
public struct ConvergenceVerdict: Sendable, Equatable {
  /// One sentence for each thing that is wrong; empty if converged.
  public let reasons: [String]
  public var isConverged: Bool { reasons.isEmpty }

  /// Below this many tau the error of the error is out of hand: measured coverage of one-sigma
  /// intervals is 62 % at 20 tau and 68 % from 200 tau on.
  public static let fewestTaus = 50.0
  public static let largestRHat = 1.05
  public static let smallestAcceptance = 0.01

  /// - Parameters:
  ///   - rHat: nil where there is none to judge by.
  ///   - acceptance: share of accepted proposals of the exact test; nil where there is none.
  public init(
    _ analysis: AutocorrelationAnalysis, rHat: Double? = nil, acceptance: Double? = nil,
    thermalisation: Thermalisation? = nil
  ) {
    var reasons: [String] = []
    let shortest = analysis.replicaLengths.min() ?? 0
    let taus = Double(shortest) / analysis.tau
    if !analysis.windowFound {
      reasons.append("the correlation reaches beyond half of the longest chain")
    }
    if !(taus >= Self.fewestTaus) {
      reasons.append(
        "the chain is \(rounded(taus)) tau long where \(rounded(Self.fewestTaus)) are needed")
    }
    if let rHat, !(rHat <= Self.largestRHat) {
      reasons.append(
        "R-hat is \(rounded(rHat)), above \(rounded(Self.largestRHat)): replicas disagree")
    }
    if let acceptance, !(acceptance >= Self.smallestAcceptance) {
      reasons.append("\(rounded(100 * acceptance)) % of the proposals are accepted, below 1 %")
    }
    if let thermalisation, !thermalisation.isThermalised {
      reasons.append("the chain drifts: its start is not in equilibrium")
    }
    self.reasons = reasons
  }

  public init(reasons: [String]) { self.reasons = reasons }
}

/// Three decimals at most, for a sentence.
private func rounded(_ x: Double) -> String {
  guard x.isFinite, abs(x) < 1e15 else { return "\(x)" }
  let value = (x * 1000).rounded() / 1000
  return value == value.rounded() ? "\(Int(value))" : "\(value)"
}
