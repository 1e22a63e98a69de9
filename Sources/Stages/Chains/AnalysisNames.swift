internal import MonteCarlo

/// What the numbers of an analysed chain are called, for whoever has to know before there is one.
enum AnalysisNames {
  /// Numbers of every sampler; a chain that lacks some of them has a gap there.
  private static let ofSamplers: Set<String> = [
    "acceptance", "acceptancePredicted", "residualSigma", "logWeight", "logWeightEffective",
    "innerAcceptance", "innerSweeps", "exactEvaluations", "logRatio",
  ]
  private static let ofTheWhole: Set<String> = Set(
    ["sites", "rowTime", "trainingTime"] + ChainPart.allCases.map { $0.rawValue + "Share" })
  /// What an independent sample takes.
  private static let ofSamples = [
    "cost", "costWithoutMeasuring", "rate", "amortisedCost", "evaluations", "innerSteps",
  ]

  static func all(of system: any PhysicalSystem) -> Set<String> {
    let measured = ofSamplers.union(system.observables.map(\.name))
    let derived = system.derived.map(\.observable.name)
    let costs = measured.flatMap { name in ofSamples.map { "\(name).\($0)" } }
    return measured.union(derived).union(costs).union(measured.map { $0 + ".tau" })
      .union(ofTheWhole)
  }
}
