internal import MonteCarlo
internal import Pipeline

/// What the numbers of an analysed chain are called, for whoever has to know before there is one, or of
/// one that was made before names and symbols were kept together.
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

  static let residualSigma = Quantity("residualSigma", symbol: "residual $\\sigma$")
  static let acceptancePredicted = Quantity(
    "acceptancePredicted", symbol: "predicted acceptance")
  static let sites = Quantity("sites", symbol: "sites $N$")

  /// Symbols and rank; what is not listed has none.
  static func quantities(of system: any PhysicalSystem) -> [Quantity] {
    let weights = [Column.logWeight(""), .logWeightEffective("")].map {
      Quantity($0.name, symbol: $0.symbol)
    }
    let own = [Quantity("acceptance", isMain: true), acceptancePredicted, residualSigma, sites]
    let observables = system.observables + system.derived.map(\.observable)
    return own + weights
      + observables.map { Quantity($0.name, symbol: $0.symbol, isMain: $0.isMain) }
  }

  static func all(of system: any PhysicalSystem) -> Set<String> {
    let measured = ofSamplers.union(system.observables.map(\.name))
    let derived = system.derived.map(\.observable.name)
    let costs = measured.flatMap { name in ofSamples.map { "\(name).\($0)" } }
    return measured.union(derived).union(costs).union(measured.map { $0 + ".tau" })
      .union(ofTheWhole)
  }
}
